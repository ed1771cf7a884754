package dev.pitot.message;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A server's connections by the addresses of their peers, and by the ids by which peers name them wherever they
/// send from. The server's thread changes it; any thread may look at addresses.
final class ConnectionTable {
    private final Map<InetSocketAddress, ServerConnection> byAddress = new ConcurrentHashMap<>();
    private final Map<Integer, ServerConnection> byId = new HashMap<>();

    /// Any thread.
    @Nullable ServerConnection at(InetSocketAddress address) {
        return byAddress.get(address);
    }

    /// Any thread.
    Collection<ServerConnection> all() {
        return byAddress.values();
    }

    /// Any thread.
    List<Peer> peers() {
        return byAddress.values().stream()
                .filter(ServerConnection::isOpen)
                .map(ServerConnection::peer)
                .toList();
    }

    /// Any thread.
    @Nullable Peer peer(InetSocketAddress address) {
        ServerConnection connection = byAddress.get(address);
        return connection == null || !connection.isOpen() ? null : connection.peer();
    }

    /// @param id 0 names none
    @Nullable ServerConnection named(int id) {
        return id == 0 ? null : byId.get(id);
    }

    /// Takes in one that has begun.
    void add(ServerConnection connection) {
        byAddress.put(connection.address(), connection);
        if (connection.id() != 0) {
            byId.putIfAbsent(connection.id(), connection);
        }
    }

    /// Returns whether it was there.
    boolean remove(ServerConnection connection) {
        byId.remove(connection.id(), connection);
        return byAddress.remove(connection.address(), connection);
    }

    /// The peer of a connection sends from another address now, if there is room at it.
    boolean move(ServerConnection connection, InetSocketAddress address, PeerLimits limits) {
        if (!limits.move(connection, address.getAddress())) {
            return false;
        }
        byAddress.remove(connection.address(), connection);
        connection.moveTo(address);
        byAddress.put(address, connection);
        return true;
    }
}
