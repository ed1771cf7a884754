package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.ProcessTimes;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpListener;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Socket family based on Linux system calls. Supports all features.
@SuppressWarnings("restricted") // this package exists for foreign calls
public final class LinuxFamily implements SocketFamily {
    // linux/in.h
    private static final int IPPROTO_SCTP = 132;
    private static final int IPPROTO_MPTCP = 262;

    private static final int BACKLOG = Integer.MAX_VALUE; // as iperf (net.c); the kernel has its own limit
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64"); // those in SystemCall

    private static final int REHEARSED_BYTES = 1024;

    /// Beginning of the names of the threads of HotSpot's first compiler, as far as the kernel keeps them.
    static final String COMPILER = "C1 Compiler";

    private static final int CALLING_THREAD = 0; // sched_setaffinity(2)

    // struct rusage: two struct timeval (long seconds, long micros) and 14 more longs
    private static final int RUSAGE_SELF = 0;
    private static final int RUSAGE_BYTES = 144;
    private static final int SYSTEM_TIME_OFFSET = 16;
    private static final int MICROS_OFFSET = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    /// Does nothing: [#unavailableReason()] checks whether the family is available.
    public LinuxFamily() {}

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public @Nullable String unavailableReason() {
        String system = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        if (!"Linux".equals(system) || !ARCHITECTURES.contains(architecture)) {
            return "needs Linux on x86_64 or aarch64, and this is " + system + " on " + architecture;
        }
        try {
            Linker.nativeLinker().defaultLookup().findOrThrow("syscall").reinterpret(0);
            return null;
        } catch (IllegalCallerException _) { // forbidden by the JVM's options
            Module module = LinuxFamily.class.getModule();
            return "needs the JVM's option --enable-native-access="
                    + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
        }
    }

    @Override
    public Set<Feature> features() {
        return Set.of(Feature.values());
    }

    @Override
    public TcpConnection connect(InetSocketAddress remote, TcpSetup setup, WaitPolicy waitPolicy) throws IOException {
        int domain = SocketAddresses.familyOf(remote);
        Descriptor socket = SocketCalls.open(domain, SocketCalls.SOCK_STREAM, protocolOf(setup.transport()));
        int fd = socket.acquire();
        try (Arena arena = Arena.ofConfined()) {
            TcpOptions.apply(fd, setup, remote);
            if (setup.local() != null) { // an earlier connection from the same port may be in TIME_WAIT
                SocketCalls.reuseAddress(fd);
            }
            bind(fd, domain, setup.local(), setup.transport());
            MemorySegment address = SocketAddresses.encode(remote, arena);
            FlowLabel.use(fd, setup.settings().flowLabel(), address);
            BufferSizes granted = NetworkOptions.buffers(fd);
            SocketCalls.connect(fd, address, waitPolicy);
            if (setup.transport() instanceof Transport.Sctp) {
                SctpOptions.allowFragments(fd);
            }
            return new LinuxTcpConnection(ConnectedSocket.of(socket, fd, SocketAddresses.decode(address)), granted);
        } catch (IOException | RuntimeException e) { // from the kernel or the wait policy
            socket.close();
            throw e;
        } finally {
            socket.release(fd);
        }
    }

    /// Returns the protocol number of a transport for socket(2) (linux/in.h).
    private static int protocolOf(Transport transport) {
        return switch (transport) {
            case Transport.Tcp _ -> SocketOptions.IPPROTO_TCP;
            case Transport.MultipathTcp _ -> IPPROTO_MPTCP;
            case Transport.Sctp _ -> IPPROTO_SCTP;
        };
    }

    /// Binds to all local addresses at one port. With SCTP the wildcard conflicts with other
    /// addresses, so it is skipped if there are any (iperf_sctp.c: iperf_sctp_bindx).
    private static void bind(int fd, int domain, @Nullable InetSocketAddress local, Transport transport)
            throws SocketException {
        List<InetSocketAddress> others = transport instanceof Transport.Sctp sctp ? sctp.addresses() : List.of();
        if (local != null && (others.isEmpty() || !local.getAddress().isAnyLocalAddress())) {
            try (Arena arena = Arena.ofConfined()) {
                SocketCalls.bind(fd, SocketAddresses.encodeLocal(local, domain, arena));
            }
        }
        if (!others.isEmpty()) {
            SctpOptions.bind(fd, others, local == null ? 0 : local.getPort());
        }
    }

    @Override
    public TcpListener listen(InetSocketAddress local, ListenSetup setup) throws IOException {
        int domain = SocketAddresses.familyOf(local);
        Descriptor socket = SocketCalls.open(domain, SocketCalls.SOCK_STREAM, protocolOf(setup.transport()));
        int fd = socket.acquire();
        try (Arena arena = Arena.ofConfined()) {
            SocketCalls.prepareListener(fd, domain, setup);
            bind(fd, domain, local, setup.transport());
            SystemError.check(SystemCall.LISTEN.call(SystemCall.errno(arena), fd, BACKLOG, 0));
            return new LinuxTcpListener(socket, SocketOptions.localName(fd), NetworkOptions.buffers(fd));
        } catch (SocketException | RuntimeException e) {
            socket.close();
            throw e;
        } finally {
            socket.release(fd);
        }
    }

    @Override
    public UdpConnection connectUdp(InetSocketAddress remote, UdpSetup setup) throws IOException {
        return LinuxUdpConnection.open(setup.local(), remote, setup, null);
    }

    @Override
    public UdpListener listenUdp(InetSocketAddress local, ListenSetup setup) throws IOException {
        int domain = SocketAddresses.familyOf(local);
        Descriptor socket = SocketCalls.open(domain, SocketCalls.SOCK_DGRAM, 0);
        int fd = socket.acquire();
        try (Arena arena = Arena.ofConfined()) {
            SocketCalls.prepareListener(fd, domain, setup);
            UdpOptions.raiseReceiveBuffer(fd);
            SocketCalls.bind(fd, SocketAddresses.encode(local, arena));
            return LinuxUdpListener.of(socket, fd);
        } catch (SocketException | RuntimeException e) {
            socket.close();
            throw e;
        } finally {
            socket.release(fd);
        }
    }

    @Override
    public void bindToCore(int core) throws IOException {
        if (core < 0) {
            throw new IllegalArgumentException("core < 0: " + core);
        }
        if (Thread.currentThread().isVirtual()) { // the kernel would bind the carrier thread
            throw new IllegalStateException("a virtual thread cannot be bound to a core");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cores = arena.allocate((core / Long.SIZE + 1L) * Long.BYTES, JAVA_LONG.byteAlignment());
            cores.setAtIndex(JAVA_LONG, core / Long.SIZE, 1L << (core % Long.SIZE));
            SystemError.check(
                    SystemCall.SCHED_SETAFFINITY.call(
                            SystemCall.errno(arena), CALLING_THREAD, cores.byteSize(), cores.address()),
                    IperfError.SET_AFFINITY);
        }
    }

    @Override
    public ZeroCopyBlock zeroCopyBlock(ByteBuffer payload) throws IOException {
        return LinuxZeroCopyBlock.of(payload);
    }

    @Override
    public void rehearse(int calls) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(REHEARSED_BYTES);
        List<Descriptor> streamPair = SocketCalls.openPair(SocketCalls.SOCK_STREAM);
        var unknown = new BufferSizes(0, 0);
        try (var near = new LinuxTcpConnection(ConnectedSocket.ofPair(streamPair.getFirst()), unknown);
                var far = new LinuxTcpConnection(ConnectedSocket.ofPair(streamPair.getLast()), unknown)) {
            for (int i = 0; i < calls; i++) {
                near.send(block.clear());
                far.receive(block.clear());
            }
        }
        List<Descriptor> datagramPair = SocketCalls.openPair(SocketCalls.SOCK_DGRAM);
        try (var near = new LinuxUdpConnection(ConnectedSocket.ofPair(datagramPair.getFirst()), false);
                var far = new LinuxUdpConnection(ConnectedSocket.ofPair(datagramPair.getLast()), false)) {
            for (int i = 0; i < calls; i++) {
                near.send(block.clear());
                far.receive(block.clear());
            }
        }
    }

    @Override
    public boolean isCompiling() {
        return ProcFiles.SYSTEM.hasRunnableThread(COMPILER);
    }

    @Override
    public long threadId() {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.GETTID.call(SystemCall.errno(arena), 0, 0, 0); // cannot fail
        }
    }

    @Override
    public Evidence.@Nullable ThreadTimes threadTimes(long threadId) {
        return ProcFiles.SYSTEM.threadTimes(threadId);
    }

    @Override
    public KernelValues<HostCounter> hostCounters() {
        return ProcFiles.SYSTEM.hostCounters();
    }

    @Override
    public ProcessTimes processTimes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(RUSAGE_BYTES, JAVA_LONG.byteAlignment());
            // cannot fail: the arguments are valid (getrusage(2), errors)
            SystemCall.GETRUSAGE.call(SystemCall.errno(arena), RUSAGE_SELF, usage.address(), 0);
            return new ProcessTimes(nanos(usage, 0), nanos(usage, SYSTEM_TIME_OFFSET));
        }
    }

    private static long nanos(MemorySegment usage, int offset) {
        return usage.get(JAVA_LONG, offset) * NANOS_PER_SECOND
                + usage.get(JAVA_LONG, offset + MICROS_OFFSET) * NANOS_PER_MICRO;
    }
}
