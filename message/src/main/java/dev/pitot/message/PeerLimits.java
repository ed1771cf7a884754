package dev.pitot.message;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How many connections a server keeps, and how many peers. A connection is all that is kept for an
/// address: for a peer, for a client that is just coming in or being refused, and for one that is
/// gone but may repeat itself. The server's thread only.
final class PeerLimits {
    /// Clients that are just told that they cannot come in, and links that answer their peers'
    /// last repeats, have connections beside those of peers: as many, and these.
    private static final int REFUSALS = 64;

    /// The same of one address.
    private static final int REFUSALS_PER_ADDRESS = 8;

    private static final int MAX_CONNECTIONS = 1_000_000;

    private final AddressCounter peers;
    private final AddressCounter connections;
    private final int maxUnvalidated;
    private final Set<ServerConnection> unvalidated = new LinkedHashSet<>(); // the oldest first

    PeerLimits(ServerLimits limits) {
        peers = new AddressCounter(limits);
        connections = new AddressCounter(new ServerLimits(
                Math.min(MAX_CONNECTIONS, 2 * limits.peers() + REFUSALS),
                Math.min(MAX_CONNECTIONS, limits.peersPerAddress()) + REFUSALS_PER_ADDRESS));
        maxUnvalidated = Math.max(1, limits.peers() / 2);
    }

    /// Reserves a connection, if there is one. Those whose address may be forged have half as many as
    /// there are peers at most: so whoever forges many keeps nobody out whose address is validated.
    ///
    /// @param isAddressValidated whether the client has shown that it gets what is sent to its address
    boolean reserve(ServerConnection connection, boolean isAddressValidated) {
        InetAddress address = connection.address().getAddress();
        if ((!isAddressValidated && unvalidated.size() >= maxUnvalidated) || !connections.add(address)) {
            return false;
        }
        if (!isAddressValidated) {
            unvalidated.add(connection);
        }
        return true;
    }

    /// The client has shown that it gets what is sent to its address.
    void markValidated(ServerConnection connection) {
        unvalidated.remove(connection);
    }

    /// The connection is free again.
    void release(ServerConnection connection) {
        connections.remove(connection.address().getAddress());
        unvalidated.remove(connection);
    }

    /// The peer of a connection goes to another address, if there is room at it.
    boolean move(ServerConnection connection, InetAddress to) {
        InetAddress from = connection.address().getAddress();
        if (!connections.move(from, to)) {
            return false;
        }
        if (!connection.isCounted() || peers.move(from, to)) {
            return true;
        }
        connections.move(to, from);
        return false;
    }

    /// Counts a peer, if there is room.
    boolean admit(ServerConnection connection) {
        return peers.add(connection.address().getAddress());
    }

    /// A peer is gone.
    void remove(ServerConnection connection) {
        peers.remove(connection.address().getAddress());
    }

    /// A peer that gives way to one that has proved its address; null if there is none.
    @Nullable ServerConnection evictionCandidate(ServerConnection newcomer) {
        if (unvalidated.contains(newcomer)) {
            return null;
        }
        for (ServerConnection connection : unvalidated) {
            if (connection.isCounted()) {
                return connection;
            }
        }
        return null;
    }
}
