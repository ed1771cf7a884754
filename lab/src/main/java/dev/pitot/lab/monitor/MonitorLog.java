package dev.pitot.lab.monitor;

import dev.pitot.lab.plan.Monitor;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The output of a monitor: lines for its file, readings and errors for its listener. Knows when the
/// node was lost, and marks the gap. Any thread may use it.
final class MonitorLog {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final Monitor monitor;
    private final Consumer<String> file;
    private final MonitorListener listener;
    private final InstantSource clock;
    private Instant lastAlive;
    private @Nullable String gap;
    private @Nullable String remark;
    private long contacts;

    MonitorLog(Monitor monitor, Consumer<String> file, MonitorListener listener, InstantSource clock) {
        this.monitor = monitor;
        this.file = file;
        this.listener = listener;
        this.clock = clock;
        lastAlive = clock.instant();
    }

    /// A time as files have it: UTC, to the millisecond.
    static String time(Instant at) {
        return TIME.format(at);
    }

    /// The node has answered: a gap ends.
    synchronized void contact(Instant at) {
        contacts++;
        endGap(at);
        lastAlive = at;
    }

    /// The number of answers of the node.
    synchronized long contacts() {
        return contacts;
    }

    /// A row of figures.
    ///
    /// @param cells behind the time, parted by commas
    synchronized void row(Instant at, String cells, Map<String, Double> figures) {
        contact(at);
        remark = null;
        file.accept(time(at) + "," + cells);
        listener.onReading(monitor, new Reading(at, figures));
    }

    /// A line of what is followed.
    synchronized void line(Instant at, String text) {
        contact(at);
        file.accept(time(at) + "," + text);
    }

    /// A line of standard error, which does not end a gap.
    synchronized void errorLine(Instant at, String text) {
        file.accept("# " + time(at) + " " + text);
    }

    /// The node is lost until it answers again.
    synchronized void lost(String reason) {
        if (gap == null) {
            gap = reason.lines().findFirst().orElse("");
            listener.onError(monitor, reason);
        }
    }

    /// What is wrong with a reading; reported when it begins, not every time.
    synchronized void remark(Instant at, String sentence) {
        contact(at);
        if (!sentence.equals(remark)) {
            remark = sentence;
            file.accept("# " + time(at) + " " + sentence);
            listener.onError(monitor, sentence);
        }
    }

    synchronized void close() {
        endGap(clock.instant());
    }

    private void endGap(Instant to) {
        if (gap != null) {
            file.accept("# gap from " + time(lastAlive) + " to " + time(to) + ": " + gap);
            gap = null;
        }
    }
}
