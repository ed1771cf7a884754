package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.Objects;

/// Number of streams, and their settings.
///
/// @param parallel streams per direction (`-P`), 1..128
/// @param blockBytes bytes per system call or per datagram (`-l`), at most 1 MiB; 0 for UDP
///     datagrams of the control connection's segment size, which is known only once it is connected
/// @param pacing send rate of each stream
/// @param socket options of each data socket
/// @param payload payload of blocks
/// @param datagrams UDP settings
public record StreamSettings(
        int parallel,
        int blockBytes,
        Pacing pacing,
        SocketSettings socket,
        PayloadSettings payload,
        DatagramSettings datagrams) {
    /// 128 KiB (iperf.h: DEFAULT_TCP_BLKSIZE).
    public static final int DEFAULT_TCP_BLOCK_BYTES = 128 * 1024;

    /// 64 KiB (iperf.h: DEFAULT_SCTP_BLKSIZE).
    public static final int DEFAULT_SCTP_BLOCK_BYTES = 64 * 1024;

    /// Used if the segment size of the control connection is unknown (iperf.h:
    /// DEFAULT_UDP_BLKSIZE).
    public static final int DEFAULT_UDP_BLOCK_BYTES = 1460;

    /// iperf's defaults for TCP.
    public static final StreamSettings DEFAULT = new StreamSettings(
            1,
            DEFAULT_TCP_BLOCK_BYTES,
            Pacing.NONE,
            SocketSettings.DEFAULT,
            PayloadSettings.DEFAULT,
            DatagramSettings.DEFAULT);

    private static final int MAX_BLOCK_BYTES = 1024 * 1024; // iperf.h: MAX_BLOCKSIZE
    private static final int MAX_PARALLEL = 128; // iperf.h: MAX_STREAMS

    /// @throws InvalidSettingException (errors 6, 7) if a number is out of range
    public StreamSettings {
        Objects.requireNonNull(pacing, "pacing is null");
        Objects.requireNonNull(socket, "socket is null");
        Objects.requireNonNull(payload, "payload is null");
        Objects.requireNonNull(datagrams, "datagrams is null");
        if (parallel < 1 || parallel > MAX_PARALLEL) {
            throw new InvalidSettingException(IperfError.PARALLEL);
        }
        if (blockBytes < 0 || blockBytes > MAX_BLOCK_BYTES) {
            throw new InvalidSettingException(IperfError.BLOCK_SIZE);
        }
    }

    /// True if a datagram test with these settings lets the kernels of both ends segment and coalesce datagrams,
    /// as far as they can.
    public boolean usesOffload() {
        return datagrams.offload().isOnAt(pacing);
    }
}
