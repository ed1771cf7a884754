package dev.pitot.engine.session;

import dev.pitot.engine.stream.Counters;
import dev.pitot.engine.stream.OpenStream;
import java.time.Duration;
import java.util.List;

/// Notices that a test's receiving streams get nothing any more (`--rcv-timeout`; iperf: error
/// 144). Belongs to the session's thread.
final class StallWatch {
    /// Looks per timeout: how exactly it is kept.
    private static final long LOOKS = 10;

    private final List<Counters> receivers;
    private final long timeoutNanos;
    private long lastBytes;
    private long lastNanos;

    StallWatch(List<OpenStream> streams, Duration timeout) {
        receivers = streams.stream()
                .filter(open -> !open.info().role().isSender())
                .map(open -> open.stream().counters())
                .toList();
        timeoutNanos = timeout.toNanos();
    }

    void start(long nowNanos) {
        lastNanos = nowNanos;
    }

    /// How long it may take until the next question.
    long nanosBetweenLooks() {
        return receivers.isEmpty() ? Long.MAX_VALUE : timeoutNanos / LOOKS;
    }

    boolean isStalled(long nowNanos) {
        if (receivers.isEmpty()) {
            return false;
        }
        long bytes = receivers.stream().mapToLong(Counters::bytes).sum();
        if (bytes != lastBytes) {
            lastBytes = bytes;
            lastNanos = nowNanos;
        }
        return nowNanos - lastNanos >= timeoutNanos;
    }
}
