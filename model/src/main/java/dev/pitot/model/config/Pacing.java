package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.util.Objects;

/// Send rate of each stream. On the wire: `bandwidth`, `burst` and `fqrate`.
///
/// @param target rate enforced by the sending thread, per stream, not per test (`-b`)
/// @param burstBlocks blocks sent back to back before the rate is checked; 0 checks after every
///     block (`-b RATE/burst`)
/// @param fairQueueRate rate enforced by the kernel (`--fq-rate`), per stream
/// @param timerMicros interval at which iperf before 3.18 checks the rate (`--pacing-timer`), 0 or
///     more. Only such a server uses it; Pitot and later iperf versions wait until the exact moment
public record Pacing(Bitrate target, int burstBlocks, Bitrate fairQueueRate, long timerMicros) {
    /// iperf.h: DEFAULT_PACING_TIMER.
    public static final long DEFAULT_TIMER_MICROS = 1000;

    /// No limit.
    public static final Pacing NONE = new Pacing(Bitrate.UNLIMITED, 0, Bitrate.UNLIMITED);

    private static final int MAX_BURST_BLOCKS = 1000; // iperf.h: MAX_BURST

    /// @throws InvalidSettingException (error 15) if `burstBlocks` is outside 0..1000
    public Pacing {
        Objects.requireNonNull(target, "target is null");
        Objects.requireNonNull(fairQueueRate, "fairQueueRate is null");
        if (burstBlocks < 0 || burstBlocks > MAX_BURST_BLOCKS) {
            throw new InvalidSettingException(IperfError.BURST);
        }
        if (timerMicros < 0) {
            throw new IllegalArgumentException("timerMicros < 0: " + timerMicros);
        }
    }

    /// Pacing with iperf's default timer.
    public Pacing(Bitrate target, int burstBlocks, Bitrate fairQueueRate) {
        this(target, burstBlocks, fairQueueRate, DEFAULT_TIMER_MICROS);
    }

    /// True if neither rate limits a stream to less than this.
    public boolean isAtLeast(Bitrate rate) {
        return isAtLeast(target, rate) && isAtLeast(fairQueueRate, rate);
    }

    private static boolean isAtLeast(Bitrate limit, Bitrate rate) {
        return limit.isUnlimited() || limit.bitsPerSecond() >= rate.bitsPerSecond();
    }

    /// Returns this pacing with this target rate per stream.
    public Pacing withTarget(Bitrate value) {
        return new Pacing(value, burstBlocks, fairQueueRate, timerMicros);
    }

    /// Returns this pacing with this many blocks sent back to back, 0..1000.
    public Pacing withBurstBlocks(int value) {
        return new Pacing(target, value, fairQueueRate, timerMicros);
    }

    /// Returns this pacing with this rate enforced by the kernel.
    public Pacing withFairQueueRate(Bitrate value) {
        return new Pacing(target, burstBlocks, value, timerMicros);
    }
}
