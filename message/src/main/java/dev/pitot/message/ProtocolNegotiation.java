package dev.pitot.message;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What endpoints know of protocols: where their links come from. Times are as in [ProtocolConnection].
interface ProtocolNegotiation {
    /// Makes a client's link; its first [ProtocolConnection#flush] sends the first datagram.
    ///
    /// @param host as the user named the server, for whoever must prove to be it
    ProtocolConnection client(String host, LinkListener listener, long now);

    /// Makes what a server needs once, for all its peers.
    Acceptor acceptor(long now);

    /// Decides on datagrams of unknown senders. The server's thread only.
    interface Acceptor {
        /// Takes the datagram of an address that has no peer. Nothing may be kept for it, and
        /// answered at most with what is allowed towards an address that may be forged, unless it
        /// makes a link.
        ///
        /// @param sender sends to that address; asked once for a connection, if there could be a link
        /// @return the link, which gets the same datagram next; null if there is none
        @Nullable ProtocolConnection accept(ByteBuffer datagram, UnknownSender sender, long now);

        /// The connection that a datagram names, whatever address it comes from; 0 if none. See
        /// [ProtocolConnection#connectionId].
        default int connectionIdOf(ByteBuffer datagram) {
            return 0;
        }

        /// Whether a datagram of another address proves that a link's peer sends from there now; the link gets
        /// it next. May answer one that proves nothing yet.
        default boolean hasMoved(ProtocolConnection link, ByteBuffer datagram, UnknownSender sender, long now) {
            return false;
        }

        /// Whether a datagram proves that a peer has begun anew from the same address, so that
        /// its link is over and the datagram an unknown sender's. Asked for each datagram of a peer; may
        /// answer one that proves nothing yet, as [#accept] may, and one that is to be refused:
        /// then it proves nothing.
        ///
        /// @param link that the address has
        default boolean isRestart(ProtocolConnection link, ByteBuffer datagram, UnknownSender sender, long now) {
            return false;
        }
    }

    /// The server's side of a new link.
    interface PendingConnection extends LinkListener {
        /// Asks whether the client may come in, when the link knows that it wants to. May be
        /// asked again: the answer stays the same.
        ///
        /// @return null if it may
        @Nullable CloseReason admit();
    }
}
