package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Watchdog for a transfer that has stopped: receiving streams get nothing (`--rcv-timeout`; iperf: error
/// 144) or, on a server, a client does not read what it requested. Belongs to the session's thread.
final class StallWatchdog implements Watchdog {
    /// Number of checks per timeout, which sets its accuracy.
    private static final long LOOKS = 10;

    private final List<OpenStream> receivers;
    private final List<OpenStream> senders;
    private final Duration timeout;
    private long lastBytes;
    private long lastNanos;

    /// Creates a watchdog for streams.
    ///
    /// @param watchesSenders true to apply the timeout to blocked senders too
    StallWatchdog(List<OpenStream> streams, Duration timeout, boolean watchesSenders) {
        receivers =
                streams.stream().filter(open -> !open.info().role().isSender()).toList();
        senders = streams.stream()
                .filter(open -> watchesSenders && open.info().role().isSender())
                .toList();
        this.timeout = timeout;
    }

    @Override
    public void start(long nowNanos) {
        lastNanos = nowNanos;
    }

    @Override
    public long nanosBetweenLooks() {
        return receivers.isEmpty() && senders.isEmpty() ? Long.MAX_VALUE : timeout.toNanos() / LOOKS;
    }

    @Override
    public @Nullable Event look(long nowNanos) {
        if (hasReceivedNothing(nowNanos)) {
            return new Event.Stalled(IperfError.RECEIVE_IDLE, "");
        }
        boolean isStuck =
                senders.stream().anyMatch(open -> open.stream().blocked().compareTo(timeout) >= 0);
        return isStuck ? new Event.Stalled(IperfError.STREAM_WRITE, "Connection timed out") : null;
    }

    private boolean hasReceivedNothing(long nowNanos) {
        long bytes = receivers.stream()
                .mapToLong(open -> open.stream().snapshot().bytes())
                .sum();
        if (bytes != lastBytes) {
            lastBytes = bytes;
            lastNanos = nowNanos;
        }
        return !receivers.isEmpty() && nowNanos - lastNanos >= timeout.toNanos();
    }
}
