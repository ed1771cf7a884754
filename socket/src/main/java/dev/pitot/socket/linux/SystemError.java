package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// The kernel's error numbers, and the C library's texts for them. Any thread.
@SuppressWarnings("restricted") // this package exists for foreign calls
final class SystemError {
    // asm-generic/errno-base.h and errno.h
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int ENOPROTOOPT = 92;
    static final int EOPNOTSUPP = 95;
    static final int EAFNOSUPPORT = 97;
    static final int ENOBUFS = 105;
    static final int EISCONN = 106;
    static final int EALREADY = 114;
    static final int EINPROGRESS = 115;

    private static final int LC_MESSAGES_MASK = 1 << 5; // locale.h of glibc and musl
    private static final long LONGEST_TEXT = 256;
    private static final MethodHandle STRERROR_L =
            handle("strerror_l", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    private static final MemorySegment ENGLISH = english();

    private SystemError() {}

    /// Returns the result of a successful call.
    ///
    /// @throws SocketException if the result is −errno
    static long check(long result) throws SocketException {
        return check(result, null);
    }

    /// Returns the result of a successful call.
    ///
    /// @param error failed operation
    /// @throws SocketException if the result is −errno
    static long check(long result, @Nullable IperfError error) throws SocketException {
        if (result < 0) {
            throw of((int) -result, error);
        }
        return result;
    }

    /// Returns an exception with the error's text.
    ///
    /// @param error failed operation, or null if the caller knows it
    static SocketException of(int errno, @Nullable IperfError error) {
        return new SocketException(errno, text(errno), error);
    }

    /// Returns the C library's English text: Java sets the process's locale, which plain strerror
    /// would use.
    static String text(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR_L.invokeExact(errno, ENGLISH);
            return text.reinterpret(LONGEST_TEXT).getString(0);
        } catch (RuntimeException | Error programmersOrMachines) {
            throw programmersOrMachines;
        } catch (Throwable impossible) { // a downcall declares Throwable but throws no checked exception
            throw new AssertionError(impossible);
        }
    }

    private static MemorySegment english() {
        MethodHandle newLocale = handle("newlocale", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            return (MemorySegment) newLocale.invokeExact(LC_MESSAGES_MASK, arena.allocateFrom("C"), MemorySegment.NULL);
        } catch (RuntimeException | Error programmersOrMachines) {
            throw programmersOrMachines;
        } catch (Throwable impossible) { // as above
            throw new AssertionError(impossible);
        }
    }

    private static MethodHandle handle(String function, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), shape);
    }
}
