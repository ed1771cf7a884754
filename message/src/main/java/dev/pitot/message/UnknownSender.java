package dev.pitot.message;

import dev.pitot.message.ProtocolNegotiation.Acceptor;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.ProtocolConnection;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An address that has no peer at a server; one object for all of them, so that unknown senders cost
/// nothing. The server's thread only.
final class UnknownSender implements DatagramSender {
    private final ServerLoop loop;
    private final Acceptor acceptor;
    private @Nullable InetSocketAddress from;
    private @Nullable ServerConnection connection;

    UnknownSender(ServerLoop loop, Acceptor acceptor) {
        this.loop = loop;
        this.acceptor = acceptor;
    }

    /// The connection that its datagram has made; null if none.
    @Nullable ServerConnection connectionFor(ByteBuffer datagram, InetSocketAddress address) {
        from = address;
        connection = null;
        ProtocolConnection link = null;
        try {
            link = acceptor.accept(datagram, this, loop.now());
        } finally {
            if (link == null && connection != null) {
                loop.connections().release(connection);
            }
        }
        ServerConnection made = connection;
        if (link == null || made == null) {
            return null;
        }
        made.begin(link);
        return made;
    }

    /// Whether a datagram proves that the peer at its address begins anew; it may be answered.
    boolean isRestart(ProtocolConnection link, ByteBuffer datagram, InetSocketAddress address) {
        from = address;
        return acceptor.isRestart(link, datagram, this, loop.now());
    }

    /// The connection that a datagram names, though it comes from another address than its peer's; null if none.
    @Nullable ServerConnection named(ByteBuffer datagram) {
        return loop.connections().named(acceptor.connectionIdOf(datagram));
    }

    /// Whether a datagram proves that the peer of the connection that it names is at its address now, and the
    /// connection has moved there; it may be answered.
    boolean hasMoved(ServerConnection named, ByteBuffer datagram, InetSocketAddress address) {
        from = address;
        named.extendAllTimeouts(loop.now());
        ProtocolConnection link = named.ended() == null ? named.link() : null;
        return link != null
                && acceptor.hasMoved(link, datagram, this, loop.now())
                && loop.connections().move(named, address);
    }

    @Override
    public boolean send(ByteBuffer datagram) {
        return loop.socket().send(datagram, from);
    }

    /// Where the datagram at hand comes from.
    InetSocketAddress address() {
        return Objects.requireNonNull(from, "no datagram of an unknown sender is at hand");
    }

    /// A client whose address is validated was told that it cannot come in, before a connection was
    /// made for it.
    void refused(CloseReason reason) {
        loop.onRefused(from, reason);
    }

    /// Reserves a connection for a client.
    ///
    /// @param isAddressValidated whether it has shown that it gets what is sent to its address
    /// @return null if there is no room: then nothing is kept
    ProtocolNegotiation.@Nullable PendingConnection reserve(boolean isAddressValidated) {
        ServerConnection made = new ServerConnection(loop, address(), isAddressValidated, loop.now());
        if (!loop.connections().reserve(made, isAddressValidated)) {
            return null;
        }
        connection = made;
        return made;
    }
}
