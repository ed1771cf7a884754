package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Watchdog for a test that transfers almost nothing while others wait for its slot on a server: less
/// than [#MIN_BITS_PER_SECOND] on average over a minute. A test whose target rate makes blocks so rare
/// that a minute may be too short gets the time of two blocks, up to [#MAX_NANOS]: no requested rate lets
/// a client keep a slot idle. Belongs to the session's thread, except for [#isBelow()].
public final class MinimumRateWatchdog implements Watchdog {
    /// A test over a path of 1,200 bit/s, the rate of early modems, is still accepted.
    static final long MIN_BITS_PER_SECOND = 1_000;

    private static final long MIN_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long MAX_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Resolution of the window.
    private static final int STEPS = 60;

    private static final double BITS_PER_BYTE = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<OpenStream> streams;
    private final BooleanSupplier isPlaceWanted;
    private final long windowNanos;
    private final double minBytes;
    /// Readings within the window, the oldest first.
    private final Deque<ByteCount> looks = new ArrayDeque<>();
    private volatile boolean isBelow;

    /// Bytes transferred up to a point in time.
    private record ByteCount(long nanos, long bytes) {}

    /// @param isPlaceWanted true while others wait
    public MinimumRateWatchdog(List<OpenStream> streams, TestConfig test, BooleanSupplier isPlaceWanted) {
        this.streams = List.copyOf(streams);
        this.isPlaceWanted = isPlaceWanted;
        long rate = test.streams().pacing().target().bitsPerSecond(); // 0: unlimited
        double bits = BITS_PER_BYTE
                * test.streams().blockBytes()
                * Math.max(1, test.streams().pacing().burstBlocks());
        double spacing = rate == 0 ? 0 : bits / rate * NANOS_PER_SECOND;
        windowNanos = Math.clamp((long) (2 * spacing), MIN_NANOS, MAX_NANOS);
        minBytes = MIN_BITS_PER_SECOND / BITS_PER_BYTE * windowNanos / NANOS_PER_SECOND;
    }

    /// True if the test transfers less than the minimum. Any thread.
    public boolean isBelow() {
        return isBelow;
    }

    @Override
    public void start(long nowNanos) {
        looks.add(new ByteCount(nowNanos, bytes()));
    }

    @Override
    public long nanosBetweenLooks() {
        return LOOK_NANOS;
    }

    @Override
    public @Nullable Event look(long nowNanos) {
        if (nowNanos - looks.getLast().nanos() >= windowNanos / STEPS) {
            looks.add(new ByteCount(nowNanos, bytes()));
            checkRate(nowNanos);
        }
        return isBelow && isPlaceWanted.getAsBoolean()
                ? new Event.Stalled(
                        IperfError.STREAM_READ, "almost no data was transferred while other clients waited for a slot")
                : null;
    }

    private void checkRate(long nowNanos) {
        if (nowNanos - looks.getFirst().nanos() < windowNanos) {
            return;
        }
        isBelow = looks.getLast().bytes() - looks.getFirst().bytes() < minBytes;
        while (nowNanos - looks.getFirst().nanos() >= windowNanos) {
            looks.removeFirst();
        }
    }

    private long bytes() {
        return streams.stream()
                .mapToLong(open -> open.stream().snapshot().bytes())
                .sum();
    }
}
