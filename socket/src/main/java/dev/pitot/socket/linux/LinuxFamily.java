package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.SocketOptions.IPPROTO_IPV6;
import static dev.pitot.socket.linux.SocketOptions.SOL_SOCKET;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pitot.model.error.IperfError;
import dev.pitot.socket.Patience;
import dev.pitot.socket.ProcessTimes;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sockets by Linux system calls. Can do all that the seam knows.
@SuppressWarnings("restricted") // foreign calls are what this package is for
public final class LinuxFamily implements SocketFamily {
    // linux/net.h
    static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_STREAM = 1;

    private static final int BACKLOG = Integer.MAX_VALUE; // as iperf (net.c); the kernel has its own limit
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64"); // as in SystemCall

    // struct rusage: two struct timeval (long seconds, long micros) and 14 more longs
    private static final int RUSAGE_SELF = 0;
    private static final int RUSAGE_BYTES = 144;
    private static final int SYSTEM_TIME_OFFSET = 16;
    private static final int MICROS_OFFSET = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    /// Reaches for nothing: whether the family works here is asked of [#obstacle()].
    public LinuxFamily() {}

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public @Nullable String obstacle() {
        String system = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        if (!"Linux".equals(system) || !ARCHITECTURES.contains(architecture)) {
            return "needs Linux on x86_64 or aarch64, and this is " + system + " on " + architecture;
        }
        try {
            Linker.nativeLinker().defaultLookup().findOrThrow("syscall").reinterpret(0);
            return null;
        } catch (IllegalCallerException _) { // whoever started the Java VM forbade it
            return "needs --enable-native-access for dev.pitot.socket";
        }
    }

    @Override
    public Set<Feature> features() {
        return Set.of(Feature.values());
    }

    @Override
    public TcpConnection connect(InetSocketAddress remote, TcpSetup setup, Patience patience) throws IOException {
        int domain = SocketAddresses.familyOf(remote);
        Descriptor socket = open(domain);
        int fd = socket.enter();
        try (Arena arena = Arena.ofConfined()) {
            TcpOptions.apply(fd, setup, remote);
            if (setup.local() != null) {
                bind(fd, SocketAddresses.encodeLocal(setup.local(), domain, arena));
            }
            MemorySegment address = SocketAddresses.encode(remote, arena);
            connect(fd, address, patience);
            SystemError.check(SocketOptions.setBlocking(fd));
            return LinuxTcpConnection.of(socket, fd, SocketAddresses.decode(address));
        } catch (IOException | RuntimeException e) { // not only the kernel but patience may object
            socket.close();
            throw e;
        } finally {
            socket.leave(fd);
        }
    }

    private static void connect(int fd, MemorySegment address, Patience patience) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long result = SystemCall.CONNECT.call(SystemCall.errno(arena), fd, address.address(), address.byteSize());
            if (result != -SystemError.EINPROGRESS && result != -SystemError.EINTR) {
                SystemError.check(result);
                return;
            }
        }
        while (!Readiness.await(fd, Readiness.POLLOUT, patience.nextSliceMillis())) {}
        long failure = SystemError.check(SocketOptions.get(fd, SOL_SOCKET, SocketOptions.SO_ERROR));
        SystemError.check(-failure);
    }

    @Override
    public TcpListener listen(InetSocketAddress local, boolean onlyV6) throws IOException {
        int domain = SocketAddresses.familyOf(local);
        Descriptor socket = open(domain);
        int fd = socket.enter();
        try (Arena arena = Arena.ofConfined()) {
            if (domain == SocketAddresses.AF_INET6) {
                SystemError.check(
                        SocketOptions.set(fd, IPPROTO_IPV6, SocketOptions.IPV6_V6ONLY, onlyV6 ? 1 : 0),
                        IperfError.V6_ONLY);
            }
            bind(fd, SocketAddresses.encode(local, arena));
            SystemError.check(SystemCall.LISTEN.call(SystemCall.errno(arena), fd, BACKLOG, 0));
            return new LinuxTcpListener(socket, SocketOptions.localName(fd));
        } catch (SocketException e) {
            socket.close();
            throw e;
        } finally {
            socket.leave(fd);
        }
    }

    private static Descriptor open(int domain) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            return new Descriptor(SystemError.check(SystemCall.SOCKET.call(
                    SystemCall.errno(arena), domain, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)));
        }
    }

    private static void bind(int fd, MemorySegment address) throws SocketException {
        SystemError.check(SocketOptions.set(fd, SOL_SOCKET, SocketOptions.SO_REUSEADDR, 1), IperfError.REUSE_ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            SystemError.check(SystemCall.BIND.call(SystemCall.errno(arena), fd, address.address(), address.byteSize()));
        }
    }

    @Override
    public ZeroCopyBlock zeroCopyBlock(ByteBuffer payload) throws IOException {
        return LinuxZeroCopyBlock.of(payload);
    }

    @Override
    public ProcessTimes processTimes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(RUSAGE_BYTES, JAVA_LONG.byteAlignment());
            // cannot fail: the arguments are right (getrusage(2), errors)
            SystemCall.GETRUSAGE.call(SystemCall.errno(arena), RUSAGE_SELF, usage.address(), 0);
            return new ProcessTimes(nanos(usage, 0), nanos(usage, SYSTEM_TIME_OFFSET));
        }
    }

    private static long nanos(MemorySegment usage, int offset) {
        return usage.get(JAVA_LONG, offset) * NANOS_PER_SECOND
                + usage.get(JAVA_LONG, offset + MICROS_OFFSET) * NANOS_PER_MICRO;
    }
}
