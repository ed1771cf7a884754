package dev.pitot.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Two connected UDP sockets in one process.
///
/// @param client the end that sent the first datagram
/// @param server the end that a listener opened for it
record UdpPair(UdpConnection client, UdpConnection server) implements AutoCloseable {
    /// Connects over IPv4 loopback.
    static UdpPair of(SocketFamily family) throws IOException {
        return of(family, Setups.LOOPBACK, Setups.UDP);
    }

    /// @param address address to listen on
    /// @param setup setup of both ends
    static UdpPair of(SocketFamily family, InetSocketAddress address, UdpSetup setup) throws IOException {
        try (UdpListener listener = family.listenUdp(address, ListenSetup.DEFAULT)) {
            UdpConnection client = family.connectUdp(listener.local(), setup);
            client.send(Pair.direct("hello"));
            return new UdpPair(client, listener.connect(receive(listener, ByteBuffer.allocateDirect(5)), setup));
        }
    }

    /// Waits for a datagram.
    ///
    /// @return address of the sender
    static InetSocketAddress receive(UdpListener listener, ByteBuffer datagram) throws IOException {
        InetSocketAddress sender = listener.receive(datagram);
        for (int slices = 1; sender == null; slices++) {
            if (slices == 50) {
                throw new IOException("no datagram arrived");
            }
            sender = listener.receive(datagram);
        }
        return sender;
    }

    /// Waits for a datagram.
    ///
    /// @return its content, up to `room` bytes
    static String receive(UdpConnection connection, int room) throws IOException {
        ByteBuffer datagram = ByteBuffer.allocateDirect(room);
        for (int slices = 0; connection.receive(datagram) == 0; slices++) {
            if (slices == 50) {
                throw new IOException("nothing arrived");
            }
        }
        return Pair.text(datagram.flip());
    }

    static String receive(UdpConnection connection) throws IOException {
        return receive(connection, 100);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
