package dev.pitot.socket;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Settings of a UDP socket. TCP-only options of `settings` are ignored. If `windowBytes` is 0, the
/// kernel's buffers are raised so that a block fits, and the receive buffer to at least
/// [#DEFAULT_RECEIVE_BYTES], as far as the kernel allows.
///
/// @param local address to bind to, or null for any
/// @param device interface to bind to (SO_BINDTODEVICE), or null
/// @param settings options agreed for both ends
/// @param datagrams length and UDP settings of datagrams
/// @param pacing whose fair-queue rate is set (SO_MAX_PACING_RATE; unlimited for the system default), and
///     which decides about an automatic [dev.pitot.model.config.Offload]
public record UdpSetup(
        @Nullable InetSocketAddress local,
        @Nullable String device,
        SocketSettings settings,
        Datagrams datagrams,
        Pacing pacing) {
    /// What a receiver's thread may leave waiting while another has its processor: some
    /// milliseconds of a fast stream.
    public static final int DEFAULT_RECEIVE_BYTES = 4 * 1024 * 1024;

    /// True if the kernel is asked to segment and coalesce datagrams.
    public boolean usesOffload() {
        return datagrams.settings().offload().isOnAt(pacing);
    }

    /// Length and UDP settings of datagrams.
    ///
    /// @param bytes length of each, 1..65507
    /// @param settings UDP settings; the sequence numbers are written by the sender
    public record Datagrams(int bytes, DatagramSettings settings) {
        private static final int MAX_BYTES = 65_507; // iperf.h: MAX_UDP_BLOCKSIZE, the IPv4 limit

        /// @throws IllegalArgumentException if `bytes` is out of range
        public Datagrams {
            if (bytes < 1 || bytes > MAX_BYTES) {
                throw new IllegalArgumentException("bytes not in 1..65507: " + bytes);
            }
        }
    }
}
