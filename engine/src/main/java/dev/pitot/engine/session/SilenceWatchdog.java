package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.ReceiveTarget;
import dev.pitot.model.config.TestConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watchdog for a client whose last datagrams were lost: with a limit in bytes, it would wait for them
/// without a timeout. Belongs to the session's thread.
final class SilenceWatchdog implements Watchdog {
    /// Silence that counts as the end: far more than a stall of the sender's host.
    private static final long MIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// Number of datagrams that must be missing in a row, at a low rate.
    private static final long SPACINGS = 10;

    private static final long LOOKS = 10;
    private static final double BITS_PER_BYTE = 8;

    private final List<OpenStream> receivers;
    private final ReceiveTarget target;
    private final long silenceNanos;
    private long lastBytes;
    private long lastNanos;

    private SilenceWatchdog(List<OpenStream> receivers, ReceiveTarget target, long silenceNanos) {
        this.receivers = receivers;
        this.target = target;
        this.silenceNanos = silenceNanos;
    }

    /// Returns a watchdog for the receivers of a client; it does nothing for tests other than limited
    /// datagram tests.
    ///
    /// @param target the common goal of the receivers
    static SilenceWatchdog of(List<OpenStream> streams, TestConfig config, ReceiveTarget target) {
        boolean isNeeded = config.protocol().isDatagram() && TransferLimit.limitBytes(config) != null;
        List<OpenStream> receivers = streams.stream()
                .filter(open -> isNeeded && !open.info().role().isSender())
                .toList();
        long rate = config.streams().pacing().target().bitsPerSecond();
        double burst = Math.max(1, config.streams().pacing().burstBlocks());
        double spacing = rate == 0 ? 0 : config.streams().blockBytes() * burst * BITS_PER_BYTE / rate;
        long slow = (long) (SPACINGS * spacing * TimeUnit.SECONDS.toNanos(1));
        return new SilenceWatchdog(receivers, target, Math.max(MIN_NANOS, slow));
    }

    @Override
    public void start(long nowNanos) {
        lastNanos = nowNanos;
    }

    @Override
    public long nanosBetweenLooks() {
        return receivers.isEmpty() ? Long.MAX_VALUE : silenceNanos / LOOKS;
    }

    @Override
    public @Nullable Event look(long nowNanos) {
        long bytes = receivers.stream()
                .mapToLong(open -> open.stream().snapshot().bytes())
                .sum();
        if (bytes != lastBytes) {
            lastBytes = bytes;
            lastNanos = nowNanos;
        }
        if (bytes > 0 && nowNanos - lastNanos >= silenceNanos) {
            target.giveUp();
        }
        return null;
    }
}
