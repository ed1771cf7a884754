package dev.pitot.message;

import dev.pitot.message.socket.NioUdpSocket;
import dev.pitot.message.socket.UdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// What endpoints are put together from.
///
/// @param negotiation where links come from
/// @param types how messages become payloads
/// @param sockets where ports come from
record Dependencies(ProtocolNegotiation negotiation, MessageTypes types, SocketFactory sockets) {
    /// What programs get, with the system's choice of a client's address.
    static Dependencies real(MessageTypes types, EndpointOptions options) {
        return real(types, options, null);
    }

    /// What programs get.
    ///
    /// @param local address that a client sends from; null for the system's choice
    static Dependencies real(MessageTypes types, EndpointOptions options, @Nullable InetAddress local) {
        return new Dependencies(
                new DefaultProtocolNegotiation(types, options.timeout(), options.protocol()),
                types,
                new NioSockets(local));
    }

    /// Where ports come from.
    interface SocketFactory {
        /// The system's.
        SocketFactory REAL = new NioSockets(null);

        /// Opens a client's port.
        UdpSocket connected(InetSocketAddress server) throws IOException;

        /// Opens a server's port.
        UdpSocket bound(InetSocketAddress local) throws IOException;
    }

    /// The system's.
    ///
    /// @param local as for [#real(MessageTypes, EndpointOptions, InetAddress)]
    private record NioSockets(@Nullable InetAddress local) implements SocketFactory {
        @Override
        public UdpSocket connected(InetSocketAddress server) throws IOException {
            return NioUdpSocket.connected(server, local);
        }

        @Override
        public UdpSocket bound(InetSocketAddress address) throws IOException {
            return NioUdpSocket.bound(address);
        }
    }
}
