package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.engine.session.DataConnections;
import dev.pitot.engine.session.LimitWatch;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.Watches;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.TestRole;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.control.ProtocolExtension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Streams of a server's test: keeps them until all have arrived, then prepares them. Belongs to the
/// session's thread.
final class ServerStreams implements AutoCloseable {
    private final ServerConfig server;
    private final Session session;
    private final EvictionPolicy eviction;
    private final List<Arrival<?>> arrivals = new ArrayList<>();
    private ProtocolExtension extension = ProtocolExtension.NONE;

    ServerStreams(ServerConfig server, Session session, EvictionPolicy eviction) {
        this.server = server;
        this.session = session;
        this.eviction = eviction;
    }

    /// Records Pitot's protocol extension, which the client supports too.
    void useExtension(ProtocolExtension agreed) {
        extension = agreed;
    }

    /// Keeps a stream until all have arrived.
    void keep(Arrival<?> arrival) {
        arrivals.add(arrival);
    }

    /// Prepares everything, so that nothing is left to do during the test.
    void prepare(TestConfig test) throws SessionFailure {
        DataConnections connections = session.expectData(
                test, TestRole.SERVER, server.local().resources().file());
        arrivals.sort(Comparator.comparingLong(arrival -> arrival.order()));
        for (Arrival<?> arrival : arrivals) {
            connections.add(arrival.connection());
            if (arrival.connection() instanceof TcpConnection tcp) {
                ClientWishes.apply(test, server, tcp, session.announcer());
            }
        }
        arrivals.clear();
        session.findings().streams(connections, session.announcer());
        var limits = new LimitWatch(test, extension, false, () -> {});
        Integer asked = test.extras().serverCore();
        Integer core = asked == null ? server.local().resources().core() : asked;
        var settings = new Session.MeasuringSettings(test, server.interval(), core, Long.MAX_VALUE);
        session.prepare(limits, settings, streams -> Watches.ofServer(streams, server, eviction.watch(streams, test)));
    }

    /// Closes streams that were not used.
    @Override
    public void close() {
        arrivals.forEach(arrival -> arrival.connection().close());
    }
}
