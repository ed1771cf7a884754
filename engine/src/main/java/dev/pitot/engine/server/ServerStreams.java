package dev.pitot.engine.server;

import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.engine.session.DataConnections;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.TransferLimit;
import dev.pitot.engine.session.Watchdogs;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.TestRole;
import dev.pitot.socket.TcpConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Streams of a server's test: keeps them until all have arrived, then prepares them. Belongs to the
/// session's thread.
final class ServerStreams implements AutoCloseable {
    private final ServerConfig server;
    private final Session session;
    private final EvictionPolicy eviction;
    private final List<AcceptedConnection<?>> accepteds = new ArrayList<>();

    ServerStreams(ServerConfig server, Session session, EvictionPolicy eviction) {
        this.server = server;
        this.session = session;
        this.eviction = eviction;
    }

    /// True if the client ends its streams before it signals the end of the test, as Pitot does, and what they bring
    /// is written to a file: then the test ends with the last byte of the file.
    boolean areEndedByClient() {
        return !session.extension().isNone() && server.local().resources().file() != null;
    }

    /// Keeps a stream until all have arrived.
    void keep(AcceptedConnection<?> accepted) {
        accepteds.add(accepted);
    }

    /// Prepares everything, so that nothing is left to do during the test.
    void prepare(TestConfig test) throws SessionFailure {
        DataConnections connections = session.expectData(
                test, TestRole.SERVER, server.local().resources().file());
        accepteds.sort(Comparator.comparingLong(accepted -> accepted.order()));
        for (AcceptedConnection<?> accepted : accepteds) {
            connections.add(accepted.connection());
            if (accepted.connection() instanceof TcpConnection tcp) {
                RequestedSocketOptions.apply(test, server, tcp, session.eventDispatcher());
            }
        }
        accepteds.clear();
        session.report().streams(connections, session.eventDispatcher());
        var limits = new TransferLimit(test, session.extension(), false, () -> {});
        Integer asked = test.metadata().serverCore();
        Integer core = asked == null ? server.local().resources().core() : asked;
        var settings = new Session.MeasuringSettings(test, server.interval(), core, Long.MAX_VALUE);
        session.prepare(
                limits, settings, streams -> Watchdogs.ofServer(streams, server, eviction.watch(streams, test)));
        rehearse(test);
    }

    /// Loads what follows the data.
    private void rehearse(TestConfig test) throws SessionFailure {
        ServerState.rehearse();
        long now = session.clock().nanoTime();
        var _ = ReceiveDrain.of(session.measurement(), test, true, now).isMet(now);
    }

    /// Closes streams that were not used.
    @Override
    public void close() {
        accepteds.forEach(accepted -> accepted.connection().close());
    }
}
