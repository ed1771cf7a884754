package dev.pitot.lab.session;

import dev.pitot.lab.measurement.NodeHandle;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.RunningCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The nodes of a session with their connections. Any thread may use it.
final class SessionNodes implements AutoCloseable {
    private final String session;
    private final Map<String, NodeHandle> byName = new LinkedHashMap<>();

    /// @param session whose processes are started on them
    SessionNodes(Map<String, Node> nodes, String session, NodeConnector connector) {
        this.session = session;
        nodes.forEach((name, node) -> byName.put(name, new NodeHandle(node, connection(node, connector))));
    }

    /// A node that cannot be had fails its own tests only.
    private static NodeConnection connection(Node node, NodeConnector connector) {
        try {
            return connector.connect(node);
        } catch (ConnectionException e) {
            return new UnavailableConnection(node.name(), String.valueOf(e.getMessage()));
        }
    }

    /// Says why it does nothing.
    private record UnavailableConnection(String name, String reason) implements NodeConnection {
        @Override
        public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
            throw new ConnectionException(reason);
        }

        @Override
        public void close() {}
    }

    /// In the names of files on the nodes.
    String session() {
        return session;
    }

    Map<String, NodeHandle> byName() {
        return Collections.unmodifiableMap(byName);
    }

    /// A node as hooks and watchers need it; null for one that must not be touched.
    @Nullable CommandTarget station(String name) {
        NodeHandle device = byName.get(name);
        return device == null || device.isManual() ? null : CommandTarget.of(device.node(), session, device.commands());
    }

    /// All that may be touched.
    List<CommandTarget> stations() {
        return byName.keySet().stream()
                .map(this::station)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void close() {
        byName.values().forEach(NodeHandle::close);
    }
}
