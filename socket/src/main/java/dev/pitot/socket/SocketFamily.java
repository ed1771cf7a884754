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

    /// What this family can do beyond moving bytes, on this system. What is missing must be
    /// refused by name, never ignored.
    Set<Feature> features();

    /// Opens a connection; waits in slices as `patience` tells.
    ///
    /// @param setup options set before the connection is made
    /// @throws SocketException with the system's reason
    /// @throws java.net.SocketTimeoutException if `patience` ran out
    TcpConnection connect(InetSocketAddress remote, TcpSetup setup, Patience patience) throws IOException;

    /// Opens a listener with SO_REUSEADDR.
    ///
    /// @param local address and port; the IPv6 wildcard accepts IPv4 too unless
    ///     [ListenSetup#onlyV6()]
    /// @throws SocketException with the system's reason
    TcpListener listen(InetSocketAddress local, ListenSetup setup) throws IOException;

    /// Opens a UDP socket that knows its peer. Nothing is sent, so nothing is waited for. A local
    /// port that is in use is refused.
    ///
    /// @throws SocketException with the system's reason
    UdpConnection connectUdp(InetSocketAddress remote, UdpSetup setup) throws IOException;

    /// Opens a UDP listener with SO_REUSEADDR, as `listen` does.
    ///
    /// @throws SocketException with the system's reason
    UdpListener listenUdp(InetSocketAddress local, ListenSetup setup) throws IOException;

    /// Binds the calling thread, and those that it starts afterwards, to a processor core
    /// (sched_setaffinity).
    ///
    /// @param core from 0
    /// @throws IllegalStateException if the thread is virtual
    /// @throws SocketException with the system's reason
    /// @throws UnsupportedOperationException if the family cannot ([Feature#AFFINITY])
    void bindToCore(int core) throws IOException;

    /// Puts a payload where [TcpConnection#send(ZeroCopyBlock, int, int)] can take it from
    /// without copying (`-Z`).
    ///
    /// @param payload its remaining bytes are the block
    ZeroCopyBlock zeroCopyBlock(ByteBuffer payload) throws IOException;

    /// What the process has used of the processors.
    ProcessTimes processTimes();

    /// Abilities that not every family has, with the option that needs them.
    enum Feature {
        /// [dev.pitot.model.config.SocketSettings#mss()] (`--set-mss`).
        MSS("--set-mss"),
        /// [dev.pitot.model.config.SocketSettings#congestion()] (`--congestion`).
        CONGESTION("--congestion"),
        /// [TcpSetup.Liveness#userTimeout()] (`--snd-timeout`).
        USER_TIMEOUT("--snd-timeout"),
        /// [TcpSetup#fairQueueRate()] (`--fq-rate`).
        FAIR_QUEUE_RATE("--fq-rate"),
        /// [TcpSetup#device()] (`--bind-dev`).
        BIND_DEVICE("--bind-dev"),
        /// [TcpSetup.Liveness#keepAlive()] (`--cntl-ka`).
        KEEP_ALIVE("--cntl-ka"),
        /// [dev.pitot.model.config.SocketSettings#flowLabel()] (`--flowlabel`).
        FLOW_LABEL("--flowlabel"),
        /// [UdpSetup.Datagrams#dontFragment()] (`--dont-fragment`).
        DONT_FRAGMENT("--dont-fragment"),
        /// [UdpSetup.Datagrams#offload()] (`--gsro`).
        OFFLOAD("--gsro"),
        /// [TcpConnection#discard(int)] and lengths beyond the buffer in [UdpConnection]
        /// (`--skip-rx-copy`).
        SKIP_RECEIVE_COPY("--skip-rx-copy"),
        /// [Transport.MultipathTcp] (`--mptcp`).
        MULTIPATH_TCP("--mptcp"),
        /// [Transport.Sctp] (`--sctp`).
        SCTP("--sctp"),
        /// [#bindToCore(int)] (`--affinity`).
        AFFINITY("--affinity");

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
