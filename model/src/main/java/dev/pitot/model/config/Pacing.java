package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;

/// How fast one stream may send. The wire calls these `bandwidth`, `burst` and `fqrate`.
///
/// @param target held by the sending thread, per stream, not per test (`-b`)
/// @param burstBlocks blocks sent back to back before the pace is checked; 0 checks every block (`-b RATE/burst`)
/// @param fairQueueRate held by the kernel (`--fq-rate`), per stream
public record Pacing(Bitrate target, int burstBlocks, Bitrate fairQueueRate) {
    public static final Pacing NONE = new Pacing(Bitrate.UNLIMITED, 0, Bitrate.UNLIMITED);

    private static final int MAX_BURST_BLOCKS = 1000; // iperf.h: MAX_BURST

    /// @throws InvalidSettingException (error 15) if `burstBlocks` is outside 0..1000
    public Pacing {
        if (burstBlocks < 0 || burstBlocks > MAX_BURST_BLOCKS) {
            throw new InvalidSettingException(IperfError.BURST);
        }
    }
}
