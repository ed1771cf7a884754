package dev.pitot.socket;

import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// Implementation of the network interface. Stateless and thread-safe.
public interface SocketFamily {
    /// Name in `--socket`: `linux` or `portable`.
    String name();

    /// Reason why this family is not available on this machine or in this JVM, or null if it is.
    ///
    /// @return the end of a sentence that begins with the family's name: `needs Linux …`
    default @Nullable String unavailableReason() {
        return null;
    }

    /// Optional features that this family supports on this system. A requested feature that is
    /// missing must be refused by name, never ignored.
    Set<Feature> features();

    /// Opens a connection; waits in slices under the given wait policy.
    ///
    /// @param setup options set before the connection is made
    /// @throws SocketException with the system's reason
    /// @throws java.net.SocketTimeoutException if the policy's time has passed
    TcpConnection connect(InetSocketAddress remote, TcpSetup setup, WaitPolicy waitPolicy) throws IOException;

    /// Opens a listener with SO_REUSEADDR.
    ///
    /// @param local address and port; the IPv6 wildcard accepts IPv4 too unless
    ///     [ListenSetup#onlyV6()]
    /// @throws SocketException with the system's reason
    TcpListener listen(InetSocketAddress local, ListenSetup setup) throws IOException;

    /// Opens a connected UDP socket. Sends nothing and does not block. Fails if the local port is
    /// in use.
    ///
    /// @throws SocketException with the system's reason
    UdpConnection connectUdp(InetSocketAddress remote, UdpSetup setup) throws IOException;

    /// Opens a UDP socket for any sender, with SO_REUSEADDR, like `listen`.
    ///
    /// @throws SocketException with the system's reason
    UdpListener listenUdp(InetSocketAddress local, ListenSetup setup) throws IOException;

    /// Binds the calling thread, and those that it starts later, to a processor core
    /// (sched_setaffinity).
    ///
    /// @param core from 0
    /// @throws IllegalStateException if the thread is virtual
    /// @throws SocketException with the system's reason
    /// @throws UnsupportedOperationException if the family does not support it ([Feature#AFFINITY])
    void bindToCore(int core) throws IOException;

    /// Copies a payload to where [TcpConnection#send(ZeroCopyBlock, int, int)] can send it from
    /// without copying (`-Z`).
    ///
    /// @param payload buffer whose remaining bytes are the block
    ZeroCopyBlock zeroCopyBlock(ByteBuffer payload) throws IOException;

    /// CPU times of the process.
    ProcessTimes processTimes();

    /// Kernel's number of the calling thread, or −1 if unknown.
    long threadId();

    /// Processor time of a thread of this process since it began; null if unknown or if it has ended.
    /// Reads a file.
    ///
    /// @param threadId result of [#threadId()]
    /// @return times without the elapsed one, which is 0: the caller has a clock
    Evidence.@Nullable ThreadTimes threadTimes(long threadId);

    /// Sends and receives on connections of this process alone, as the streams of a test do: the JVM compiles
    /// these calls before they are measured. Opens sockets and closes them again; nothing leaves the process.
    /// Does nothing in families that do not need it.
    ///
    /// @param calls number of calls in each direction, 0 or more
    /// @throws SocketException with the system's reason, such as too many open files
    default void rehearse(int calls) throws IOException {}

    /// True while the first compiler of this process's JVM, which starts before the second, has something to do;
    /// false if unknown. Reads files.
    default boolean isCompiling() {
        return false;
    }

    /// Counters of the host's kernel as of now; those that it does not have are absent. Reads
    /// files.
    KernelValues<HostCounter> hostCounters();

    /// Features that not every family has: a row for each, with the option that requires it,
    /// iperf's error if it is missing, and the condition under which it is needed. Used by both
    /// roles and all families.
    enum Feature {
        MSS("--set-mss", IperfError.SET_MSS, needs -> needs.streams().socket().mss() != 0),
        CONGESTION(
                "--congestion",
                IperfError.CONGESTION,
                needs -> needs.streams().socket().congestion() != null),
        USER_TIMEOUT(
                "--snd-timeout",
                IperfError.SET_USER_TIMEOUT,
                needs -> !needs.liveness().userTimeout().isZero()),
        FAIR_QUEUE_RATE(
                "--fq-rate",
                IperfError.SET_PACING,
                needs -> !needs.streams().pacing().fairQueueRate().isUnlimited()),
        BIND_DEVICE("--bind-dev", IperfError.BIND_DEVICE, needs -> needs.device() != null),
        KEEP_ALIVE(
                "--cntl-ka", IperfError.SET_KEEPALIVE, needs -> needs.liveness().keepAlive() != null),
        FLOW_LABEL(
                "--flowlabel",
                IperfError.SET_FLOW_LABEL,
                needs -> needs.streams().socket().flowLabel() != 0),
        DONT_FRAGMENT(
                "--dont-fragment",
                IperfError.SET_DONT_FRAGMENT,
                needs -> needs.streams().datagrams().dontFragment(),
                () -> ExtendedSocketOptions.IP_DONTFRAGMENT),
        /// Without it, every datagram needs its own system call.
        OFFLOAD("--gsro", null, needs -> needs.streams().datagrams().offload() == Offload.ON),
        /// [TcpConnection#discard(int)], and lengths beyond the buffer in [UdpConnection]; without
        /// it receivers copy.
        SKIP_RECEIVE_COPY(
                "--skip-rx-copy", null, needs -> needs.streams().payload().skipReceiveCopy()),
        /// [Transport.MultipathTcp]; without it a server accepts plain TCP.
        MULTIPATH_TCP("--mptcp", null, needs -> needs.protocol() == Protocol.MULTIPATH_TCP),
        /// [Transport.Sctp]; the error is that of a server, which cannot listen.
        SCTP("--sctp", IperfError.STREAM_LISTEN, needs -> needs.protocol() == Protocol.SCTP),
        /// [#bindToCore(int)].
        AFFINITY("--affinity", IperfError.SET_AFFINITY, needs -> needs.core() != null);

        private final String option;
        private final @Nullable IperfError error;

        @SuppressWarnings("ImmutableEnumChecker") // captures nothing
        private final Predicate<SocketRequirements> isNeeded;

        @SuppressWarnings("ImmutableEnumChecker") // captures nothing
        private final @Nullable Supplier<SocketOption<Boolean>> javaSwitch;

        Feature(String option, @Nullable IperfError error, Predicate<SocketRequirements> isNeeded) {
            this(option, error, isNeeded, null);
        }

        Feature(
                String option,
                @Nullable IperfError error,
                Predicate<SocketRequirements> isNeeded,
                @Nullable Supplier<SocketOption<Boolean>> javaSwitch) {
            this.option = option;
            this.error = error;
            this.isNeeded = isNeeded;
            this.javaSwitch = javaSwitch;
        }

        /// Option on the command line.
        public String option() {
            return option;
        }

        /// iperf's error if the feature is missing; null if a test can run without it.
        public @Nullable IperfError error() {
            return error;
        }

        /// Java's boolean option for it; null if there is none, or if one option is not enough.
        public @Nullable SocketOption<Boolean> javaSwitch() {
            return javaSwitch == null ? null : javaSwitch.get();
        }

        boolean isNeededBy(SocketRequirements requirements) {
            return isNeeded.test(requirements);
        }
    }
}
