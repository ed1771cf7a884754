package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/// System calls of this family, all made through the C library's syscall(2): a single function
/// signature, because the first use of each signature takes about 4 ms of start-up. Any thread may
/// call; allocates nothing.
///
/// Numbers: x86_64 from asm/unistd_64.h, aarch64 from asm-generic/unistd.h.
@SuppressWarnings("restricted") // this package exists for foreign calls
enum SystemCall {
    WRITE(1, 64),
    CLOSE(3, 57),
    IOCTL(16, 29),
    SENDFILE(40, 71),
    SOCKET(41, 198),
    CONNECT(42, 203),
    SENDTO(44, 206),
    RECVFROM(45, 207),
    SENDMSG(46, 211),
    RECVMSG(47, 212),
    SHUTDOWN(48, 210),
    BIND(49, 200),
    LISTEN(50, 201),
    GETSOCKNAME(51, 204),
    SOCKETPAIR(53, 199),
    SETSOCKOPT(54, 208),
    GETSOCKOPT(55, 209),
    GETRUSAGE(98, 165),
    GETTID(186, 178),
    SCHED_SETAFFINITY(203, 122),
    OPENAT(257, 56),
    PPOLL(271, 73),
    ACCEPT4(288, 242),
    MEMFD_CREATE(319, 279);

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(PathElement.groupElement("errno"));
    private static final int NUMBER_ARGUMENTS = 1; // before the variadic ones: long syscall(long number, ...)
    private static final MethodHandle SYSCALL = syscall();

    private final long number;

    SystemCall(int x86Number, int armNumber) {
        number = "aarch64".equals(System.getProperty("os.arch")) ? armNumber : x86Number;
    }

    /// Allocates memory for a call's error number. One thread at a time.
    static MemorySegment errno(Arena arena) {
        return arena.allocate(STATE);
    }

    /// Makes the call with up to three arguments.
    ///
    /// @return the result, or −errno
    long call(MemorySegment errno, long a, long b, long c) {
        return call(errno, a, b, c, 0, 0);
    }

    /// Makes the call with up to five arguments; a sixth is 0. Addresses are passed as numbers: the
    /// caller keeps the memory alive.
    ///
    /// @return the result, or −errno
    long call(MemorySegment errno, long a, long b, long c, long d, long e) {
        long result;
        try {
            result = (long) SYSCALL.invokeExact(errno, number, a, b, c, d, e, 0L);
        } catch (RuntimeException | Error programmersOrMachines) {
            throw programmersOrMachines;
        } catch (Throwable impossible) { // a downcall declares Throwable but throws no checked exception
            throw new AssertionError(impossible);
        }
        return result == -1 ? -errno.get(JAVA_INT, ERRNO_OFFSET) : result;
    }

    private static MethodHandle syscall() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(NUMBER_ARGUMENTS),
                Linker.Option.captureCallState("errno"));
    }
}
