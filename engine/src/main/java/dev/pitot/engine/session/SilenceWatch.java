package dev.pitot.engine.session;

import dev.pitot.engine.stream.Goal;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.TestConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watchdog for a client whose last datagrams were lost: with a limit in bytes, it would wait for them
/// without a timeout. Belongs to the session's thread.
final class SilenceWatch implements Watch {
    /// Silence that counts as the end: far more than a stall of the sender's host.
    private static final long MIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// Number of datagrams that must be missing in a row, at a low rate.
    private static final long SPACINGS = 10;

    private static final long LOOKS = 10;
    private static final double BITS_PER_BYTE = 8;

    private final List<OpenStream> receivers;
    private final Goal goal;
    private final long silenceNanos;
    private long lastBytes;
    private long lastNanos;

    private SilenceWatch(List<OpenStream> receivers, Goal goal, long silenceNanos) {
        this.receivers = receivers;
        this.goal = goal;
        this.silenceNanos = silenceNanos;
    }

    /// Returns a watchdog for the receivers of a client; it does nothing for tests other than limited
    /// datagram tests.
    ///
    /// @param goal the common goal of the receivers
    static SilenceWatch of(List<OpenStream> streams, TestConfig config, Goal goal) {
        boolean isNeeded = config.protocol().isDatagram() && LimitWatch.limitBytes(config) != null;
        List<OpenStream> receivers = streams.stream()
                .filter(open -> isNeeded && !open.info().role().isSender())
                .toList();
        long rate = config.streams().pacing().target().bitsPerSecond();
        double burst = Math.max(1, config.streams().pacing().burstBlocks());
        double spacing = rate == 0 ? 0 : config.streams().blockBytes() * burst * BITS_PER_BYTE / rate;
        long slow = (long) (SPACINGS * spacing * TimeUnit.SECONDS.toNanos(1));
        return new SilenceWatch(receivers, goal, Math.max(MIN_NANOS, slow));
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
                .mapToLong(open -> open.stream().reading().bytes())
                .sum();
        if (bytes != lastBytes) {
            lastBytes = bytes;
            lastNanos = nowNanos;
        }
        if (bytes > 0 && nowNanos - lastNanos >= silenceNanos) {
            goal.giveUp();
        }
        return null;
    }
}
