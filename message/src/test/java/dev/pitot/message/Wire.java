package dev.pitot.message;

import dev.pitot.message.socket.DatagramHandler;
import dev.pitot.message.socket.SocketCounts;
import dev.pitot.message.socket.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The server's port, whose datagrams all come from one address.
final class Wire implements UdpSocket {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 1000);

    private final ArrayDeque<ByteBuffer> in = new ArrayDeque<>();
    final ArrayDeque<ByteBuffer> out = new ArrayDeque<>();

    boolean arrive(ByteBuffer datagram) {
        return in.add(copy(datagram));
    }

    private static ByteBuffer copy(ByteBuffer datagram) {
        return ByteBuffer.allocate(datagram.remaining())
                .put(datagram.duplicate())
                .flip();
    }

    @Override
    public boolean send(ByteBuffer datagram, @Nullable InetSocketAddress to) {
        return out.add(copy(datagram));
    }

    @Override
    public int receive(int most, DatagramHandler handler) {
        int count = 0;
        for (; count < most && !in.isEmpty(); count++) {
            handler.datagram(in.remove(), CLIENT);
        }
        return count;
    }

    @Override
    public void await(long nanos, boolean isReading) {}

    @Override
    public void wakeup() {}

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(9000);
    }

    @Override
    public long unreachable() {
        return 0;
    }

    @Override
    public SocketCounts counts() {
        return SocketCounts.NONE;
    }

    @Override
    public void close() {}
}
