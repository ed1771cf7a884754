package dev.pitot.socket.portable;

import dev.pitot.socket.SocketException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.List;

/// Translates java.nio's exceptions into the system's reasons, with Linux texts on every system.
final class ErrnoMapper {
    static final SystemReason BROKEN_PIPE = new SystemReason(32, "Broken pipe");
    static final int NO_BUFFER_SPACE = 105; // ENOBUFS

    private static final SystemReason BAD_DESCRIPTOR = new SystemReason(9, "Bad file descriptor");
    private static final SystemReason REFUSED = new SystemReason(111, "Connection refused");
    private static final SystemReason RESET = new SystemReason(104, "Connection reset by peer");

    /// Beginnings of messages. Windows appends `: connect`, `: no further information` and the
    /// like.
    private static final List<Known> KNOWN = List.of(
            new Known("Connection refused", REFUSED),
            new Known("Connection reset", RESET),
            new Known("An existing connection was forcibly closed", RESET), // Windows, WSAECONNRESET
            new Known("Broken pipe", BROKEN_PIPE),
            new Known("Message too long", new SystemReason(90, "Message too long")),
            new Known("No buffer space available", new SystemReason(NO_BUFFER_SPACE, "No buffer space available")),
            new Known("An established connection was aborted", BROKEN_PIPE), // Windows, WSAECONNABORTED
            new Known("Connection timed out", new SystemReason(110, "Connection timed out")),
            new Known("Address already in use", new SystemReason(98, "Address already in use")),
            new Known("Cannot assign requested address", new SystemReason(99, "Cannot assign requested address")),
            new Known("Can't assign requested address", new SystemReason(99, "Cannot assign requested address")),
            new Known("Network is unreachable", new SystemReason(101, "Network is unreachable")),
            new Known("No route to host", new SystemReason(113, "No route to host")),
            new Known("Permission denied", new SystemReason(13, "Permission denied")),
            new Known("Too many open files", new SystemReason(24, "Too many open files")),
            new Known("Invalid argument", new SystemReason(22, "Invalid argument")));

    private ErrnoMapper() {}

    /// Translates an exception: timeouts and interruptions are kept, all others become a
    /// [SocketException].
    static IOException of(IOException e) {
        return switch (e) {
            case SocketException known -> known;
            case InterruptedIOException notWanted -> notWanted;
            case PortUnreachableException _ -> REFUSED.exception(e); // reported by UDP channels
            case ClosedChannelException _ -> BAD_DESCRIPTOR.exception(e);
            default -> ofMessage(e);
        };
    }

    /// Returns the error for an IP version that the system does not support, or that cannot express
    /// an address.
    static IOException ofVersion(RuntimeException e) {
        return new SystemReason(97, "Address family not supported by protocol").exception(e);
    }

    private static IOException ofMessage(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        for (Known known : KNOWN) {
            if (message.startsWith(known.beginning)) {
                return known.reason.exception(e);
            }
        }
        return new SystemReason(0, message).exception(e);
    }

    private record Known(String beginning, SystemReason reason) {}

    /// @param errno Linux error number (asm-generic/errno.h), or 0 if unknown
    /// @param text text of glibc
    record SystemReason(int errno, String text) {
        SocketException exception() {
            return new SocketException(errno, text);
        }

        SocketException exception(Exception cause) {
            var exception = new SocketException(errno, text);
            exception.initCause(cause);
            return exception;
        }
    }
}
