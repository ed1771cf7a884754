package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.ServerPolicy.RateLimit;
import dev.pitot.model.error.IperfError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Watchdog for a test that exceeds the server's rate limit (`--server-bitrate-limit`; iperf: error 27).
/// The rate is averaged over a sliding window in steps of a tenth of it (iperf_api.c:
/// iperf_check_total_rate slides by report intervals, and not at all without them). Belongs to the
/// session's thread.
final class RateLimitWatchdog implements Watchdog {
    private static final int STEPS = 10;
    private static final double BITS_PER_BYTE = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<OpenStream> streams;
    private final RateLimit limit;
    private final long stepNanos;
    /// Times and byte counts of the readings; the newest overwrites the oldest.
    private final long[] times = new long[STEPS + 1];
    private final long[] bytes = new long[STEPS + 1];
    private int looks;

    RateLimitWatchdog(List<OpenStream> streams, RateLimit limit) {
        this.streams = List.copyOf(streams);
        this.limit = limit;
        stepNanos = limit.window().toNanos() / STEPS;
    }

    private boolean isIdle() {
        return limit.rate().isUnlimited() || stepNanos == 0;
    }

    @Override
    public void start(long nowNanos) {
        record(nowNanos);
    }

    @Override
    public long nanosBetweenLooks() {
        return isIdle() ? Long.MAX_VALUE : stepNanos;
    }

    @Override
    public @Nullable Event look(long nowNanos) {
        if (isIdle() || nowNanos - times[(looks - 1) % times.length] < stepNanos) {
            return null;
        }
        record(nowNanos);
        if (looks <= STEPS) {
            return null; // less than one window has passed
        }
        int newest = (looks - 1) % times.length;
        int oldest = looks % times.length;
        double seconds = (times[newest] - times[oldest]) / NANOS_PER_SECOND;
        double rate = (bytes[newest] - bytes[oldest]) * BITS_PER_BYTE / seconds;
        return rate > limit.rate().bitsPerSecond() ? new Event.Stalled(IperfError.TOTAL_RATE, "") : null;
    }

    private void record(long nowNanos) {
        int index = looks % times.length;
        times[index] = nowNanos;
        bytes[index] = streams.stream()
                .mapToLong(open -> open.stream().snapshot().bytes())
                .sum();
        looks++;
    }
}
