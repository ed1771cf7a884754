package dev.pitot.message;

import dev.pitot.message.socket.DatagramPort;
import dev.pitot.message.socket.Port;
import java.io.IOException;
import java.net.InetSocketAddress;

/// What endpoints are put together from.
///
/// @param protocols where links come from
/// @param coding how messages become payloads
/// @param sockets where ports come from
record Parts(Protocols protocols, MessageCoding coding, Sockets sockets) {
    /// What programs get.
    static Parts real(MessageTypes types, EndpointOptions options) {
        return new Parts(new RealProtocols(types, options.timeout(), options.protocol()), types, Sockets.REAL);
    }

    /// Where ports come from.
    interface Sockets {
        /// The system's.
        Sockets REAL = new Sockets() {
            @Override
            public Port connected(InetSocketAddress server) throws IOException {
                return DatagramPort.connected(server);
            }

            @Override
            public Port bound(InetSocketAddress local) throws IOException {
                return DatagramPort.bound(local);
            }
        };

        /// Opens a client's port.
        Port connected(InetSocketAddress server) throws IOException;

        /// Opens a server's port.
        Port bound(InetSocketAddress local) throws IOException;
    }
}
