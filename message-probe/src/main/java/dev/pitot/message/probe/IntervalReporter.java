package dev.pitot.message.probe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reports each second to a listener. The measuring thread only.
final class IntervalReporter {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final ProbeListener listener;
    private final ProbeConnection connection;
    private final int messageBytes;
    private long begin;
    private long from;
    private long sentBefore;
    private long answeredBefore;

    IntervalReporter(ProbeListener listener, ProbeConnection connection, int messageBytes) {
        this.listener = listener;
        this.connection = connection;
        this.messageBytes = messageBytes;
    }

    /// Sets the time from which all others count.
    void begin(long now) {
        begin = now;
        from = now;
    }

    /// Returns whether a second is over.
    boolean isDue(long now) {
        return now - from >= SECOND_NANOS;
    }

    /// Reports what has happened since the last time.
    ///
    /// @param sent since the beginning
    /// @param answered likewise; negative if nothing is answered
    void report(long now, long sent, long answered) {
        @Nullable Long answeredNow = answered < 0 ? null : (Long) (answered - answeredBefore);
        listener.progress(new ProbeProgress(
                Duration.ofNanos(from - begin),
                Duration.ofNanos(now - begin),
                sent - sentBefore,
                (sent - sentBefore) * messageBytes,
                answeredNow,
                connection.roundTrip()));
        from = now;
        sentBefore = sent;
        answeredBefore = answered;
    }
}
