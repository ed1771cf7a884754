package dev.pitot.lab.monitor;

import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.probe.BoundQuery;
import dev.pitot.lab.probe.PingProbe;
import dev.pitot.lab.probe.Probe;
import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the watcher of a watch that was checked, with its files. Used by one thread.
final class MonitorFactory {
    private static final int USUAL_THRESHOLD = 5;

    private final MonitorFiles files;
    private final MonitorListener listener;
    private final Clocks clocks;
    private final ReconnectPolicy policy;
    private final Set<String> names = new HashSet<>();

    MonitorFactory(MonitorFiles files, MonitorListener listener, Clocks clocks, ReconnectPolicy policy) {
        this.files = files;
        this.listener = listener;
        this.clocks = clocks;
        this.policy = policy;
    }

    MonitorRunner of(Monitor monitor, CommandTarget target) {
        return switch (monitor.kind()) {
            case PING -> {
                BoundQuery<Double> ping = known(PingProbe.to(monitor.arguments().getFirst(), target));
                MonitorFile events = file(monitor, "ping_events", ".csv", PingParser.EVENT_HEADER);
                yield gauge(monitor, target, ping.question(), new PingParser(ping, threshold(monitor), events));
            }
            case NET_DEV -> {
                var gauge = new NetDevParser(target.name(), networkInterface(monitor, target));
                yield gauge(monitor, target, NetDevParser.QUESTION, gauge);
            }
            case CPU -> {
                Probe probe = known(CpuParser.question(target.system()));
                yield gauge(monitor, target, probe, new CpuParser(target.name()));
            }
            case SIGNAL -> {
                String name = known(networkInterface(monitor, target));
                var wifi = known(
                        BoundQuery.of(target, OsAdapter.of(target.system()).wifi(name)));
                yield gauge(monitor, target, wifi.question(), new SignalParser(target.name(), wifi));
            }
            case BATTERY -> {
                var battery = known(
                        BoundQuery.of(target, OsAdapter.of(target.system()).battery()));
                yield gauge(monitor, target, battery.question(), new BatteryParser(target.name(), battery));
            }
            case FOLLOW_FILE ->
                follower(monitor, target, followed(monitor.arguments().getFirst()));
            case FOLLOW_COMMAND -> follower(monitor, target, monitor.arguments());
            case LOGCAT -> follower(monitor, target, logcat(monitor.arguments()));
        };
    }

    /// The interface that a watch is about: its own, or that of test traffic; null if neither is
    /// told.
    private static @Nullable String networkInterface(Monitor monitor, CommandTarget target) {
        return monitor.arguments().isEmpty()
                ? target.networkInterface()
                : monitor.arguments().getFirst();
    }

    /// How many pings in a row make an event: the second argument, else 5 as in apetools.
    private static int threshold(Monitor monitor) {
        return monitor.arguments().size() < 2
                ? USUAL_THRESHOLD
                : Integer.parseInt(monitor.arguments().get(1));
    }

    /// @throws IllegalArgumentException if it is not known
    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("such a node does not tell it");
        }
        return value;
    }

    private MonitorRunner gauge(Monitor monitor, CommandTarget target, Probe probe, MetricParser parser) {
        MonitorFile file = file(monitor, kind(monitor), ".csv", parser.header());
        var source = new PollingSource(
                target, probe, parser, monitor.interval(), policy.silence().plus(monitor.interval()), clocks);
        return watcher(monitor, source, file);
    }

    private MonitorRunner follower(Monitor monitor, CommandTarget target, List<String> command) {
        MonitorFile file = file(monitor, kind(monitor), ".log", null);
        return watcher(monitor, new FollowSource(target, command, policy.silence(), clocks.monotonic()), file);
    }

    private MonitorRunner watcher(Monitor monitor, MonitorSource source, MonitorFile file) {
        var log = new MonitorLog(monitor, file, listener, clocks.wall());
        return new MonitorRunner("watch-" + kind(monitor) + "-" + monitor.node(), source, log, policy);
    }

    private MonitorFile file(Monitor monitor, String kind, String ending, @Nullable String header) {
        String stem = "logs/" + kind + "_" + monitor.node().replaceAll("[^A-Za-z0-9._-]", "_");
        String name = stem + ending;
        for (int number = 2; !names.add(name); number++) {
            name = stem + String.format(Locale.ROOT, "_%03d", number) + ending;
        }
        return new MonitorFile(name, files, header, sentence -> listener.onError(monitor, sentence));
    }

    private static String kind(Monitor monitor) {
        return monitor.kind().name().toLowerCase(Locale.ROOT);
    }

    /// What is written from now on; a file that is renamed and made anew is followed by its name.
    private static List<String> followed(String file) {
        return List.of("tail", "-n", "0", "-F", file);
    }

    /// Clears nothing. Without a buffer, Android shows its usual ones.
    private static List<String> logcat(List<String> buffers) {
        List<String> words = new ArrayList<>(List.of("logcat", "-v", "time"));
        for (String buffer : buffers) {
            words.addAll(List.of("-b", buffer));
        }
        return List.copyOf(words);
    }
}
