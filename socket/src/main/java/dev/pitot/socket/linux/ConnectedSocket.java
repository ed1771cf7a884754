package dev.pitot.socket.linux;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.WaitPolicy;
import java.net.InetSocketAddress;
import java.util.function.IntToLongFunction;

/// Connected socket in blocking mode with one-slice timeouts (SO_SNDTIMEO, SO_RCVTIMEO), and the
/// operations common to all transports. Any thread.
final class ConnectedSocket {
    private final Descriptor descriptor;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;

    private ConnectedSocket(Descriptor descriptor, InetSocketAddress local, InetSocketAddress remote) {
        this.descriptor = descriptor;
        this.local = local;
        this.remote = remote;
    }

    /// Takes ownership of a connected socket; if this fails, the caller keeps it.
    ///
    /// @param fd the number of `descriptor`
    static ConnectedSocket of(Descriptor descriptor, int fd, InetSocketAddress remote) throws SocketException {
        SystemError.check(SocketOptions.setBlocking(fd));
        SystemError.check(SocketOptions.setTimeout(fd, SocketOptions.SO_SNDTIMEO, WaitPolicy.MAX_SLICE_MILLIS));
        SystemError.check(SocketOptions.setTimeout(fd, SocketOptions.SO_RCVTIMEO, WaitPolicy.MAX_SLICE_MILLIS));
        return new ConnectedSocket(descriptor, SocketOptions.localName(fd), remote);
    }

    /// Takes ownership of a socket that is connected to another one of this process, and has no address.
    static ConnectedSocket ofPair(Descriptor descriptor) {
        var noAddress = InetSocketAddress.createUnresolved("localhost", 0);
        return new ConnectedSocket(descriptor, noAddress, noAddress);
    }

    /// See [Descriptor#acquire()].
    int acquire() {
        return descriptor.acquire();
    }

    /// See [Descriptor#release(int)].
    void release(int entered) {
        descriptor.release(entered);
    }

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress remote() {
        return remote;
    }

    BufferSizes buffers() throws SocketException {
        int fd = acquire();
        try {
            return NetworkOptions.buffers(fd);
        } finally {
            release(fd);
        }
    }

    /// Runs a query while the socket cannot be closed.
    ///
    /// @return result of the query, or −errno
    long ask(IntToLongFunction question) {
        int fd = acquire();
        try {
            return question.applyAsLong(fd);
        } finally {
            release(fd);
        }
    }

    /// See [SocketCalls#shutdown(int, int)].
    void shutdown(int how) {
        int fd = acquire();
        try {
            SocketCalls.shutdown(fd, how);
        } finally {
            release(fd);
        }
    }

    void close() {
        descriptor.close();
    }
}
