package dev.pitot.socket.linux;

import dev.pitot.socket.SocketException;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpListener;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.datagram.PreConnectDatagram;
import dev.pitot.socket.datagram.PreConnectDatagrams;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Bound, unconnected UDP socket. One thread receives and connects, any may close.
///
/// A connected socket at the same port receives the datagrams of its peer instead of this one,
/// since the kernel delivers a datagram to the best-matching socket (net/ipv4/udp.c:
/// compute_score). But a socket must be bound before it is connected, and until then both match
/// equally: datagrams of others that it received meanwhile are returned here.
final class LinuxUdpListener implements UdpListener {
    private final Descriptor socket;
    private final InetSocketAddress local;
    private final SocketIo socketIo = new SocketIo();
    private final ReceivedDatagrams receivedDatagrams = new ReceivedDatagrams(Arena.ofAuto());
    private final PreConnectDatagrams strays = new PreConnectDatagrams();

    private LinuxUdpListener(Descriptor socket, InetSocketAddress local) {
        this.socket = socket;
        this.local = local;
    }

    /// Takes ownership of a bound socket; if this fails, the caller keeps it.
    ///
    /// @param fd the number of `socket`
    static LinuxUdpListener of(Descriptor socket, int fd) throws SocketException {
        SystemError.check(SocketOptions.setBlocking(fd));
        SystemError.check(SocketOptions.setTimeout(fd, SocketOptions.SO_RCVTIMEO, WaitPolicy.MAX_SLICE_MILLIS));
        return new LinuxUdpListener(socket, SocketOptions.localName(fd));
    }

    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer datagram) throws IOException {
        long address = socketIo.writableAddressOf(datagram);
        int fd = socket.acquire();
        try {
            if (fd < 0) { // closed: stray datagrams are not returned either
                throw SystemError.of(SystemError.EBADF, null);
            }
            PreConnectDatagram stray = strays.poll();
            if (stray != null) {
                stray.copyTo(datagram);
                return stray.sender();
            }
            return receive(fd, address, datagram);
        } finally {
            socket.release(fd);
        }
    }

    private @Nullable InetSocketAddress receive(int fd, long address, ByteBuffer datagram) throws IOException {
        int room = datagram.remaining();
        long received = receivedDatagrams.receive(fd, address, room);
        if (received == -SystemError.EAGAIN) {
            return null;
        }
        int bytes = (int) SystemError.check(received);
        if (!receivedDatagrams.hasSender()) { // woken by `close`
            throw SystemError.of(SystemError.EBADF, null);
        }
        datagram.position(datagram.position() + Math.min(bytes, room));
        return receivedDatagrams.sender();
    }

    @Override
    public void ignoreLonger(int bytes) {
        strays.ignoreLonger(bytes);
        int fd = socket.acquire();
        try {
            LengthFilter.attach(fd, bytes); // without filter support all datagrams are received
        } finally {
            socket.release(fd);
        }
    }

    @Override
    public UdpConnection connect(InetSocketAddress sender, UdpSetup setup) throws IOException {
        return LinuxUdpConnection.open(placeFor(setup.local()), sender, setup, strays);
    }

    /// Returns a local address with the port of this listener.
    private InetSocketAddress placeFor(@Nullable InetSocketAddress chosen) {
        return chosen == null ? local : new InetSocketAddress(chosen.getAddress(), local.getPort());
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    /// Wakes a blocked `receive`: shutdown does so even though it fails with ENOTCONN.
    @Override
    public void close() {
        int fd = socket.acquire();
        try {
            SocketCalls.shutdown(fd, SocketCalls.SHUT_RDWR);
        } finally {
            socket.release(fd);
        }
        socket.close();
    }
}
