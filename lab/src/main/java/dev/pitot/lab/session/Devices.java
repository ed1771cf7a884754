package dev.pitot.lab.session;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.connection.RunningCommand;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.run.Device;
import dev.pitot.lab.watch.Station;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The nodes of a session with their connections. Any thread may use it.
final class Devices implements AutoCloseable {
    private final String session;
    private final Map<String, Device> byName = new LinkedHashMap<>();

    /// @param session whose processes are started on them
    Devices(Map<String, Node> nodes, String session, Connector connector) {
        this.session = session;
        nodes.forEach((name, node) -> byName.put(name, new Device(node, connection(node, connector))));
    }

    /// A node that cannot be had fails its own tests only.
    private static Connection connection(Node node, Connector connector) {
        try {
            return connector.connect(node);
        } catch (ConnectionException e) {
            return new NoConnection(node.name(), String.valueOf(e.getMessage()));
        }
    }

    /// Says why it does nothing.
    private record NoConnection(String name, String reason) implements Connection {
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

    Map<String, Device> byName() {
        return Collections.unmodifiableMap(byName);
    }

    /// A node as hooks and watchers need it; null for one that must not be touched.
    @Nullable Station station(String name) {
        Device device = byName.get(name);
        return device == null || device.isUntouched() ? null : Station.of(device.node(), session, device.commands());
    }

    /// All that may be touched.
    List<Station> stations() {
        return byName.keySet().stream()
                .map(this::station)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void close() {
        byName.values().forEach(Device::close);
    }
}
