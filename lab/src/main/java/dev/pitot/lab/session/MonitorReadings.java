package dev.pitot.lab.session;

import dev.pitot.lab.monitor.MonitorListener;
import dev.pitot.lab.monitor.Reading;
import dev.pitot.lab.plan.Monitor;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.results.Observations.Statistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Readings of a session's monitors for the tests that run. Any thread may use it.
final class MonitorReadings implements MonitorListener {
    private final EventPublisher publisher;
    private final Map<Monitor, String> suffixes = new HashMap<>();
    private final Set<Window> open = ConcurrentHashMap.newKeySet();

    /// @param watches of the plan: a second of a kind and node has `_2` behind its names
    MonitorReadings(List<Monitor> watches, EventPublisher publisher) {
        this.publisher = publisher;
        List<String> seen = new ArrayList<>();
        for (Monitor monitor : watches) {
            String kind = monitor.kind() + " " + monitor.node();
            seen.add(kind);
            int number = Collections.frequency(seen, kind);
            suffixes.putIfAbsent(monitor, number == 1 ? "" : "_" + number);
        }
    }

    @Override
    public void onReading(Monitor monitor, Reading reading) {
        open.forEach(window -> window.add(monitor.node(), suffixes.getOrDefault(monitor, ""), reading));
    }

    @Override
    public void onError(Monitor monitor, String sentence) {
        publisher.note("monitor " + monitor.kind().name().toLowerCase(Locale.ROOT) + " on " + monitor.node() + ": "
                + sentence);
    }

    /// The window of a test, which takes readings from [Window#begin] to [Window#end].
    Window open(TestCase.Pair pair) {
        var window = new Window(pair);
        open.add(window);
        return window;
    }

    /// Readings of a test's two nodes while its client runs, by their time of arrival.
    final class Window implements AutoCloseable {
        private final TestCase.Pair pair;
        private final Map<String, DoubleSummaryStatistics> figures = new TreeMap<>();
        private @Nullable Instant begin;
        private @Nullable Instant end;

        private Window(TestCase.Pair pair) {
            this.pair = pair;
        }

        synchronized void begin(Instant at) {
            begin = at;
        }

        synchronized void end(Instant at) {
            end = at;
        }

        private synchronized void add(String node, String suffix, Reading reading) {
            boolean isNode = node.equals(pair.node());
            boolean isOfTest = isNode || node.equals(pair.peer());
            boolean isInside = begin != null
                    && !reading.at().isBefore(begin)
                    && (end == null || !reading.at().isAfter(end));
            if (isOfTest && isInside) {
                reading.figures()
                        .forEach((name, value) -> figures.computeIfAbsent(
                                        (isNode ? "node_" : "peer_") + safe(name) + suffix,
                                        _ -> new DoubleSummaryStatistics())
                                .accept(value));
            }
        }

        /// Figures by name, such as `node_rssi_dbm`; of a figure that was not read there is none.
        /// `node_pings_lost` is a number of pings and not a mean.
        synchronized Map<String, Statistics> statistics() {
            Map<String, Statistics> all = new TreeMap<>();
            figures.forEach((name, of) -> {
                int count = Math.toIntExact(of.getCount());
                boolean isSum = name.contains("_" + Reading.PINGS_LOST);
                all.put(
                        name,
                        isSum
                                ? new Statistics(count, of.getSum(), of.getSum(), of.getSum())
                                : new Statistics(count, of.getAverage(), of.getMin(), of.getMax()));
            });
            return all;
        }

        /// Takes no more readings.
        @Override
        public void close() {
            open.remove(this);
        }

        /// An interface's name may be part of a figure's.
        private static String safe(String name) {
            return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        }
    }
}
