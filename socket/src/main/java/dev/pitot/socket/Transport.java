package dev.pitot.socket;

import java.net.InetSocketAddress;
import java.util.List;

/// Transport of a byte stream.
public sealed interface Transport {
    /// TCP.
    Transport TCP = new Tcp();
    /// TCP over several paths.
    Transport MULTIPATH_TCP = new MultipathTcp();

    /// TCP (RFC 9293).
    record Tcp() implements Transport {}

    /// Multipath TCP (RFC 8684, IPPROTO_MPTCP). A listener of this kind accepts TCP connections
    /// too.
    record MultipathTcp() implements Transport {}

    /// SCTP in its one-to-one style (RFC 6458, 4).
    ///
    /// @param streams outgoing streams to request (SCTP_INITMSG), or 0
    /// @param addresses local addresses to bind in addition to the first (sctp_bindx)
    record Sctp(int streams, List<InetSocketAddress> addresses) implements Transport {
        /// Copies the addresses.
        public Sctp {
            addresses = List.copyOf(addresses);
        }
    }
}
