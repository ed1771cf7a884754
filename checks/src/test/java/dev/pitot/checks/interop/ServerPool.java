package dev.pitot.checks.interop;

import dev.pitot.checks.program.Program;
import dev.pitot.checks.program.TestUser;
import dev.pitot.testkit.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Servers that are reused by many tests. Each test has one to itself while it runs, because an iperf3
/// serves only one. Safe for any thread.
final class ServerPool implements AutoCloseable {
    private final TestUser user;
    private final Map<Kind, Queue<ServerProcess>> idle = new ConcurrentHashMap<>();
    private final Queue<ServerProcess> all = new ConcurrentLinkedQueue<>();

    ServerPool(TestUser user) {
        this.user = user;
    }

    /// Returns an idle server; starts one if there is none.
    ServerProcess borrow(Kind kind) throws IOException, InterruptedException {
        ServerProcess known = idleOf(kind).poll();
        if (known != null) {
            return known;
        }
        List<String> options = new ArrayList<>();
        if (kind.isAuthorized()) {
            options.addAll(user.serverOptions(kind.program()));
        }
        ServerProcess started = kind.program().server(options);
        all.add(started);
        return started;
    }

    /// Returns a server to the pool.
    void giveBack(Kind kind, ServerProcess server) {
        idleOf(kind).add(server);
    }

    /// All servers that were ever borrowed.
    Collection<ServerProcess> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        all.forEach(ServerProcess::close);
    }

    private Queue<ServerProcess> idleOf(Kind kind) {
        return idle.computeIfAbsent(kind, _ -> new ConcurrentLinkedQueue<>());
    }

    /// Kind of server.
    record Kind(Program program, boolean isAuthorized) {}
}
