package dev.pitot.socket;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// How a UDP socket shall be set up. Of `settings`, what only TCP has is ignored. Where
/// `windowBytes` is 0, the kernel's buffers are raised so that a block fits, and the receiving
/// one to at least [#DEFAULT_RECEIVE_BYTES] as far as the kernel allows.
///
/// @param local where to bind, or null for anywhere
/// @param device interface to bind to (SO_BINDTODEVICE), or null
/// @param settings options that the test asks of both ends
/// @param datagrams what they are like
/// @param pacing of which the kernel holds its part (SO_MAX_PACING_RATE); the rest is the sender's
public record UdpSetup(
        @Nullable InetSocketAddress local,
        @Nullable String device,
        SocketSettings settings,
        Datagrams datagrams,
        Pacing pacing) {
    /// What a receiver's thread may leave waiting while another has its processor: some
    /// milliseconds of a fast stream.
    public static final int DEFAULT_RECEIVE_BYTES = 4 * 1024 * 1024;

    /// What datagrams are like.
    ///
    /// @param bytes length of each, 1..65507
    /// @param settings how they are sent; their counters are their sender's business
    public record Datagrams(int bytes, DatagramSettings settings) {
        private static final int MAX_BYTES = 65_507; // iperf.h: MAX_UDP_BLOCKSIZE, what IPv4 can carry

        /// @throws IllegalArgumentException if `bytes` is out of range
        public Datagrams {
            if (bytes < 1 || bytes > MAX_BYTES) {
                throw new IllegalArgumentException("bytes not in 1..65507: " + bytes);
            }
        }
    }
}
