package dev.pitot.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One way to reach the network. Stateless: any thread may use it.
public interface SocketFamily {
    /// What `--socket` calls it: `linux` or `portable`.
    String name();

    /// Why this family does not work on this machine or in this Java VM, or null if it does.
    ///
    /// @return continues a sentence that begins with the family's name: `needs Linux …`
    default @Nullable String obstacle() {
        return null;
    }

    /// What this family can do beyond moving bytes. What is missing must be refused by name,
    /// never ignored.
    Set<Feature> features();

    /// Opens a connection; waits in slices as `patience` tells.
    ///
    /// @param setup options set before the connection is made
    /// @throws SocketException with the system's reason
    /// @throws java.net.SocketTimeoutException if `patience` ran out
    TcpConnection connect(InetSocketAddress remote, TcpSetup setup, Patience patience) throws IOException;

    /// Opens a listener with SO_REUSEADDR.
    ///
    /// @param local address and port; the IPv6 wildcard accepts IPv4 too unless `onlyV6`
    /// @param onlyV6 whether an IPv6 listener refuses IPv4 (IPV6_V6ONLY)
    /// @throws SocketException with the system's reason
    TcpListener listen(InetSocketAddress local, boolean onlyV6) throws IOException;

    /// Puts a payload where [TcpConnection#send(ZeroCopyBlock, int, int)] can take it from
    /// without copying (`-Z`).
    ///
    /// @param payload its remaining bytes are the block
    ZeroCopyBlock zeroCopyBlock(ByteBuffer payload) throws IOException;

    /// What the process has used of the processors.
    ProcessTimes processTimes();

    /// Abilities that not every family has, with the option that needs them.
    enum Feature {
        /// [SocketSettings#mss()] (`--set-mss`).
        MSS("--set-mss"),
        /// [SocketSettings#congestion()] (`--congestion`).
        CONGESTION("--congestion"),
        /// [TcpSetup#userTimeout()] (`--snd-timeout`).
        USER_TIMEOUT("--snd-timeout"),
        /// [TcpSetup#fairQueueRate()] (`--fq-rate`).
        FAIR_QUEUE_RATE("--fq-rate"),
        /// [TcpSetup#device()] (`--bind-dev`).
        BIND_DEVICE("--bind-dev");

        private final String option;

        Feature(String option) {
            this.option = option;
        }

        /// The option as people write it.
        public String option() {
            return option;
        }
    }
}
