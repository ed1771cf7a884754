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
final class UnknownSender implements DatagramSender, ProtocolNegotiation.PendingConnections {
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
            link = acceptor.accept(datagram, address, this, this, loop.now());
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
        return acceptor.isRestart(link, datagram, address, this, loop.now());
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
                && acceptor.hasMoved(link, datagram, address, this, loop.now())
                && loop.connections().move(named, address);
    }

    @Override
    public boolean send(ByteBuffer datagram) {
        return loop.socket().send(datagram, from);
    }

    @Override
    public void refused(CloseReason reason) {
        loop.onRefused(from, reason);
    }

    @Override
    public ProtocolNegotiation.@Nullable PendingConnection reserve(boolean isAddressValidated) {
        InetSocketAddress address = Objects.requireNonNull(from, "no datagram of an unknown sender is at hand");
        ServerConnection made = new ServerConnection(loop, address, isAddressValidated, loop.now());
        if (!loop.connections().reserve(made, isAddressValidated)) {
            return null;
        }
        connection = made;
        return made;
    }
}
