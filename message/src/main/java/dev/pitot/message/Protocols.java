package dev.pitot.message;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.Outlet;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What endpoints know of protocols: where their links come from. Times are as in [Link].
interface Protocols {
    /// Makes a client's link; its first [Link#flush] sends the first datagram.
    ///
    /// @param host as the user named the server, for whoever must prove to be it
    Link client(String host, LinkListener listener, long now);

    /// Makes what a server needs once, for all its peers.
    Door door(long now);

    /// Who decides on strangers. The server's thread only.
    interface Door {
        /// Takes the datagram of an address that has no peer. Nothing may be kept for it, and
        /// answered at most with what is allowed towards an address that may be forged, unless it
        /// makes a link.
        ///
        /// @param answer sends to that address
        /// @param guests asked once, if there could be a link
        /// @return the link, which gets the same datagram next; null if there is none
        @Nullable Link knock(ByteBuffer datagram, InetSocketAddress from, Outlet answer, Guests guests, long now);

        /// Whether a datagram proves that a peer has begun anew from the same address, so that
        /// its link is over and the datagram a stranger's. Asked for each datagram of a peer; may
        /// answer one that proves nothing yet, as [#knock] may, and one that is to be refused:
        /// then it proves nothing.
        ///
        /// @param link that the address has
        default boolean isAnew(Link link, ByteBuffer datagram, InetSocketAddress from, Outlet answer, long now) {
            return false;
        }
    }

    /// Where a server's guests sit.
    interface Guests {
        /// A seat for a client.
        ///
        /// @param isProved whether it has shown that it gets what is sent to its address
        /// @return null if there is none: then nothing is kept
        @Nullable Guest seat(boolean isProved);
    }

    /// The server's side of a new link.
    interface Guest extends LinkListener {
        /// Asks whether the client may come in, when the link knows that it wants to. May be
        /// asked again: the answer stays the same.
        ///
        /// @return null if it may
        @Nullable CloseReason admit();
    }
}
