package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.util.Objects;

/// How fast one stream may send. The wire calls these `bandwidth`, `burst` and `fqrate`.
///
/// @param target held by the sending thread, per stream, not per test (`-b`)
/// @param burstBlocks blocks sent back to back before the pace is checked; 0 checks every block
///     (`-b RATE/burst`)
/// @param fairQueueRate held by the kernel (`--fq-rate`), per stream
/// @param timerMicros how often iperf before 3.18 checks the pace (`--pacing-timer`), 0 or more.
///     Only such a server heeds it; this program and later iperfs wait until the exact moment
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

    /// With iperf's own timer.
    public Pacing(Bitrate target, int burstBlocks, Bitrate fairQueueRate) {
        this(target, burstBlocks, fairQueueRate, DEFAULT_TIMER_MICROS);
    }

    /// This pacing with this target rate of each stream.
    public Pacing withTarget(Bitrate value) {
        return new Pacing(value, burstBlocks, fairQueueRate, timerMicros);
    }

    /// This pacing with this many blocks sent back to back, 0..1000.
    public Pacing withBurstBlocks(int value) {
        return new Pacing(target, value, fairQueueRate, timerMicros);
    }

    /// This pacing with this rate held by the kernel.
    public Pacing withFairQueueRate(Bitrate value) {
        return new Pacing(target, burstBlocks, value, timerMicros);
    }
}
