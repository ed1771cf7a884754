package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The connections that a server keeps, within its limits: how many, how many peers, and how much memory
/// they hold; by the address of the peer, and by the id by which the peer names it wherever it sends from. A
/// connection is all that is kept for an address: for a peer, for a client that is just coming in or being
/// refused, and for one that is gone but may repeat itself. The server's thread only.
final class ConnectionTable {
    /// Clients that are just told that they cannot come in, and links that answer their peers'
    /// last repeats, have connections beside those of peers: as many, and these.
    private static final int REFUSALS = 64;

    /// The same of one address.
    private static final int REFUSALS_PER_ADDRESS = 8;

    private static final int MAX_CONNECTIONS = 1_000_000;

    /// Of so many parts of the memory one is free when it was exceeded and some connections have ended.
    private static final int MEMORY_PARTS = 8;

    private final AddressCounter peers;
    private final AddressCounter reserved;
    private final Map<InetSocketAddress, ServerConnection> connections =
            new ConcurrentHashMap<>(); // others look, the owner changes
    private final Map<Integer, ServerConnection> byId = new HashMap<>();
    private final AddressCounter forgeable; // those whose address may be forged
    private final long maxBytes;
    private final Set<ServerConnection> unvalidated = new LinkedHashSet<>(); // the oldest first
    private long heldBytes;
    private long serials;

    ConnectionTable(ServerLimits limits) {
        peers = new AddressCounter(limits.peers(), limits.peersPerAddress());
        int perAddress = Math.min(MAX_CONNECTIONS, limits.peersPerAddress()) + REFUSALS_PER_ADDRESS;
        reserved = new AddressCounter(Math.min(MAX_CONNECTIONS, 2 * limits.peers() + REFUSALS), perAddress);
        forgeable = new AddressCounter(Math.max(1, limits.peers() / 2), perAddress / 2);
        maxBytes = limits.memoryBytes();
    }

    /// Higher than each before.
    long nextSerial() {
        return serials++;
    }

    /// A connection holds more, or less.
    void hold(long moreBytes) {
        heldBytes += moreBytes;
    }

    /// Whether all connections together hold no more than they may.
    boolean hasMemory() {
        return heldBytes <= maxBytes;
    }

    /// Those that are to end, in this order, until [#hasRoomAgain()]: those that hold more than an equal
    /// share, so that whoever holds much keeps nobody out who holds little, and the newest of them
    /// first.
    List<ServerConnection> memoryEvictions() {
        long share = maxBytes / MEMORY_PARTS * (MEMORY_PARTS - 1) / Math.max(1, connections.size());
        return connections.values().stream()
                .filter(connection -> connection.heldBytes() > share)
                .sorted(Comparator.comparingLong(ServerConnection::serial).reversed())
                .toList();
    }

    /// Whether so much is free that not each turn has to free some.
    boolean hasRoomAgain() {
        return heldBytes <= maxBytes / MEMORY_PARTS * (MEMORY_PARTS - 1);
    }

    /// Reserves a connection, if there is one. Those whose address may be forged have half as many as
    /// there are peers at most, and half of those of an address: so whoever forges many keeps nobody out whose
    /// address is validated.
    ///
    /// @param isAddressValidated whether the client has shown that it gets what is sent to its address
    boolean reserve(ServerConnection connection, boolean isAddressValidated) {
        InetAddress address = connection.address().getAddress();
        if (!isAddressValidated && !forgeable.add(address)) {
            return false;
        }
        if (!reserved.add(address)) {
            if (!isAddressValidated) {
                forgeable.remove(address);
            }
            return false;
        }
        if (!isAddressValidated) {
            unvalidated.add(connection);
        }
        return true;
    }

    /// The client has shown that it gets what is sent to its address.
    void markValidated(ServerConnection connection) {
        if (unvalidated.remove(connection)) {
            forgeable.remove(connection.address().getAddress());
        }
    }

    /// What was reserved is free again.
    void release(ServerConnection connection) {
        reserved.remove(connection.address().getAddress());
        markValidated(connection);
    }

    /// Counts a peer, if there is room.
    boolean admit(ServerConnection connection) {
        return peers.add(connection.address().getAddress());
    }

    /// A peer is gone, or was not let in.
    void dismiss(ServerConnection connection) {
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

    /// Any thread. The connection of an address; null if there is none.
    @Nullable ServerConnection get(InetSocketAddress address) {
        return connections.get(address);
    }

    /// The connection with an id; null if there is none.
    ///
    /// @param id 0 names none
    @Nullable ServerConnection named(int id) {
        return id == 0 ? null : byId.get(id);
    }

    /// Puts one in that was reserved and has begun.
    void put(ServerConnection connection) {
        connections.put(connection.address(), connection);
        if (connection.id() != 0) {
            byId.putIfAbsent(connection.id(), connection);
        }
    }

    /// The peer of a connection sends from another address now, at which there is no connection.
    ///
    /// @return false if there is no room at that address: then nothing has changed
    boolean move(ServerConnection connection, InetSocketAddress address) {
        InetAddress from = connection.address().getAddress();
        InetAddress to = address.getAddress();
        if (!reserved.move(from, to)) {
            return false;
        }
        if (connection.isCounted() && !peers.move(from, to)) {
            reserved.move(to, from);
            return false;
        }
        connections.remove(connection.address(), connection);
        connection.moveTo(address);
        connections.put(address, connection);
        return true;
    }

    /// Takes one out, and frees its place.
    void remove(ServerConnection connection) {
        byId.remove(connection.id(), connection);
        if (connections.remove(connection.address(), connection)) {
            release(connection);
        }
    }

    /// All, without a copy: it may change meanwhile.
    Iterable<ServerConnection> each() {
        return connections.values();
    }

    /// All of now.
    List<ServerConnection> all() {
        return List.copyOf(connections.values());
    }

    /// Forgets all.
    void clear() {
        connections.clear();
        byId.clear();
    }

    /// Closes all, each after what was sent before.
    void closeAll(CloseReason reason) {
        connections.values().forEach(connection -> connection.close(reason));
    }

    /// Ends all at once.
    void abortAll(CloseReason reason) {
        connections.values().forEach(connection -> connection.abortLater(reason));
    }

    /// Gives a message to all who are connected.
    ///
    /// @return how many took it
    int broadcast(ByteBuffer payload, Channel channel) {
        int taken = 0;
        for (ServerConnection connection : connections.values()) {
            if (connection.isConnected() && connection.message(null, channel, payload)) {
                taken++;
            }
        }
        return taken;
    }

    /// The same for another thread, which does not wait for anybody.
    void broadcastLater(ByteBuffer payload, Channel channel) {
        for (ServerConnection connection : connections.values()) {
            if (connection.isConnected()) {
                connection.sendLater(payload, channel);
            }
        }
    }

    /// Any thread.
    List<Peer> peers() {
        return connections.values().stream()
                .filter(ServerConnection::isOpen)
                .map(ServerConnection::peer)
                .toList();
    }

    /// Any thread.
    @Nullable Peer peer(InetSocketAddress address) {
        ServerConnection connection = connections.get(address);
        return connection == null || !connection.isOpen() ? null : connection.peer();
    }
}
