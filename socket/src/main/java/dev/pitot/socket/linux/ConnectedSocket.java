package dev.pitot.socket.linux;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.Patience;
import dev.pitot.socket.SocketException;
import java.net.InetSocketAddress;
import java.util.function.IntToLongFunction;

/// A connected socket in blocking mode whose calls the kernel ends after one slice (SO_SNDTIMEO,
/// SO_RCVTIMEO), with what is the same for every transport. Any thread.
final class ConnectedSocket {
    private final Descriptor descriptor;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;

    private ConnectedSocket(Descriptor descriptor, InetSocketAddress local, InetSocketAddress remote) {
        this.descriptor = descriptor;
        this.local = local;
        this.remote = remote;
    }

    /// Takes a connected socket over; the caller keeps it if this fails.
    ///
    /// @param fd the number of `descriptor`
    static ConnectedSocket of(Descriptor descriptor, int fd, InetSocketAddress remote) throws SocketException {
        SystemError.check(SocketOptions.setBlocking(fd));
        SystemError.check(SocketOptions.setTimeout(fd, SocketOptions.SO_SNDTIMEO, Patience.MAX_SLICE_MILLIS));
        SystemError.check(SocketOptions.setTimeout(fd, SocketOptions.SO_RCVTIMEO, Patience.MAX_SLICE_MILLIS));
        return new ConnectedSocket(descriptor, SocketOptions.localName(fd), remote);
    }

    /// As [Descriptor#enter()].
    int enter() {
        return descriptor.enter();
    }

    /// As [Descriptor#leave(int)].
    void leave(int entered) {
        descriptor.leave(entered);
    }

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress remote() {
        return remote;
    }

    BufferSizes buffers() throws SocketException {
        int fd = enter();
        try {
            return NetworkOptions.buffers(fd);
        } finally {
            leave(fd);
        }
    }

    /// Asks the kernel while the socket cannot be closed.
    ///
    /// @return its answer, or −errno
    long ask(IntToLongFunction question) {
        int fd = enter();
        try {
            return question.applyAsLong(fd);
        } finally {
            leave(fd);
        }
    }

    /// As [SocketCalls#shutdown(int, int)].
    void shutdown(int how) {
        int fd = enter();
        try {
            SocketCalls.shutdown(fd, how);
        } finally {
            leave(fd);
        }
    }

    void close() {
        descriptor.close();
    }
}
