package dev.pitot.lab.monitor;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a watch tells: lines for its file, readings and troubles for its listener. Knows when the
/// node was lost, and marks the gap. Belongs to the thread of its watch.
final class MonitorLog {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final Monitor monitor;
    private final MonitorFile file;
    private final MonitorListener listener;
    private final InstantSource clock;
    private Instant lastAlive;
    private @Nullable String gap;
    private @Nullable String remark;
    private long contacts;

    MonitorLog(Monitor monitor, MonitorFile file, MonitorListener listener, InstantSource clock) {
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

    /// The node was heard: a gap ends.
    void contact(Instant at) {
        contacts++;
        endGap(at);
        lastAlive = at;
    }

    /// How often the node was heard.
    long contacts() {
        return contacts;
    }

    /// A row of figures.
    ///
    /// @param cells behind the time, parted by commas
    void row(Instant at, String cells, Map<String, Double> figures) {
        contact(at);
        remark = null;
        file.write(time(at) + "," + cells);
        listener.onReading(monitor, new Reading(at, figures));
    }

    /// A line of what is followed.
    void line(Instant at, String text) {
        contact(at);
        file.write(time(at) + "," + text);
    }

    /// A line of complaint, which does not tell that what is followed is there.
    void errorLine(Instant at, String text) {
        file.write("# " + time(at) + " " + text);
    }

    /// The node is lost until it is heard again.
    void lost(String reason) {
        if (gap == null) {
            gap = reason.lines().findFirst().orElse("");
            listener.onError(monitor, reason);
        }
    }

    /// What is wrong with a reading; told when it begins, not every time.
    void remark(Instant at, String sentence) {
        contact(at);
        if (!sentence.equals(remark)) {
            remark = sentence;
            file.write("# " + time(at) + " " + sentence);
            listener.onError(monitor, sentence);
        }
    }

    void close() {
        endGap(clock.instant());
        file.close();
    }

    private void endGap(Instant to) {
        if (gap != null) {
            file.write("# gap from " + time(lastAlive) + " to " + time(to) + ": " + gap);
            gap = null;
        }
    }
}
