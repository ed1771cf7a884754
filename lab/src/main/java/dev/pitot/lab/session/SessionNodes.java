package dev.pitot.lab.session;

import dev.pitot.lab.measurement.NodeHandle;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.LocalConnection;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.RunningCommand;
import dev.pitot.lab.tool.NodeFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The nodes of a session with their connections. Any thread may use it.
final class SessionNodes implements AutoCloseable {
    private final String session;
    private final Requirements requirements;
    private final NodeCommands here;
    private final Map<String, NodeHandle> byName = new LinkedHashMap<>();
    private final Map<String, NodeFacts> facts = new ConcurrentHashMap<>();

    /// @param session whose processes are started on them
    /// @param hereTemporaryFolder where small files are kept on this machine; null for the usual one
    SessionNodes(SessionSetup setup, String session, @Nullable String hereTemporaryFolder) {
        this.session = session;
        requirements = Requirements.of(setup.plan());
        here = new NodeCommands(
                new LocalConnection("here", Map.of(), setup.clock()),
                OperatingSystem.ofThisMachine(),
                new Node.Control(
                        Node.Control.DEFAULT.staleProcesses(), Node.Control.DEFAULT.timeouts(), hereTemporaryFolder));
        setup.plan()
                .nodes()
                .forEach((name, node) -> byName.put(
                        name, new NodeHandle(node, connection(node, setup.connector()), requirements.programs(name))));
    }

    /// A piece of work for one of several things.
    @FunctionalInterface
    interface Work<T, R extends @Nullable Object> {
        R of(T thing) throws InterruptedException;
    }

    /// Does a work for all at once, each on a thread of its own.
    ///
    /// @return what came of each, in their order
    /// @throws InterruptedException if this thread was interrupted: then all were, and are over
    static <T, R extends @Nullable Object> List<R> atOnce(Collection<T> things, Work<T, R> work)
            throws InterruptedException {
        List<Callable<R>> tasks = new ArrayList<>();
        things.forEach(thing -> tasks.add(() -> work.of(thing)));
        List<R> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<R> each : threads.invokeAll(tasks)) {
                results.add(each.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return results;
    }

    /// Queries the facts of all nodes at once. One that cannot be reached fails its tests.
    ///
    /// @return why the session cannot begin; null if it can
    @Nullable String ask() throws InterruptedException {
        List<List<String>> missing = atOnce(byName.entrySet(), each -> {
            try {
                NodeFacts answers = each.getValue().facts();
                facts.put(each.getKey(), answers);
                return requirements.missingForHooks(answers);
            } catch (ConnectionException _) {
                return List.of();
            }
        });
        List<String> all = new ArrayList<>();
        try {
            all.addAll(requirements.missingHere(here.connection()));
        } catch (ConnectionException _) { // its hooks report it
        }
        missing.forEach(all::addAll);
        return all.isEmpty() ? null : String.join("; ", all);
    }

    /// What a test needs and its nodes have not.
    ///
    /// @return null if nothing is missing
    @Nullable String missing(TestCase test) {
        List<String> missing = Stream.of(test.pair().node(), test.pair().peer())
                .map(facts::get)
                .filter(Objects::nonNull)
                .flatMap(each -> requirements.missingFor(test, each).stream())
                .toList();
        return missing.isEmpty() ? null : String.join("; ", missing);
    }

    /// This machine, where hooks without a node run.
    CommandTarget here() {
        return CommandTarget.here(session, here);
    }

    /// A node that cannot be had fails its own tests only.
    private static NodeConnection connection(Node node, NodeConnector connector) {
        try {
            return connector.connect(node);
        } catch (ConnectionException e) {
            return new UnavailableConnection(node.name(), String.valueOf(e.getMessage()));
        }
    }

    /// A connection that refuses every command with a reason.
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
        here.connection().close();
    }
}
