package dev.pitot.message;

import dev.pitot.message.socket.NioUdpSocket;
import dev.pitot.message.socket.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;

/// What endpoints are put together from.
///
/// @param negotiation where links come from
/// @param codec how messages become payloads
/// @param sockets where ports come from
record Dependencies(ProtocolNegotiation negotiation, MessageCodec codec, SocketFactory sockets) {
    /// What programs get.
    static Dependencies real(MessageTypes types, EndpointOptions options) {
        return new Dependencies(
                new DefaultProtocolNegotiation(types, options.timeout(), options.protocol()),
                types,
                SocketFactory.REAL);
    }

    /// Where ports come from.
    interface SocketFactory {
        /// The system's.
        SocketFactory REAL = new SocketFactory() {
            @Override
            public UdpSocket connected(InetSocketAddress server) throws IOException {
                return NioUdpSocket.connected(server);
            }

            @Override
            public UdpSocket bound(InetSocketAddress local) throws IOException {
                return NioUdpSocket.bound(local);
            }
        };

        /// Opens a client's port.
        UdpSocket connected(InetSocketAddress server) throws IOException;

        /// Opens a server's port.
        UdpSocket bound(InetSocketAddress local) throws IOException;
    }
}
