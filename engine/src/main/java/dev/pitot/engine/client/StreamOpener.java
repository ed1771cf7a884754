package dev.pitot.engine.client;

import dev.pitot.engine.session.ControlConnection;
import dev.pitot.engine.session.DataConnections;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.Inbox;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.Patience;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.control.TestState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Opens a client's data connections one after the other, so that the server accepts them in that
/// order. Belongs to the session's thread.
final class StreamOpener {
    /// iperf 3.21 gives a data connection as long.
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(120);

    private final Connector connector;
    private final Cookie cookie;
    private final Inbox inbox;
    private final NanoClock clock;
    private final BooleanSupplier isUnwanted;

    /// @param isUnwanted whether the test has been cancelled
    StreamOpener(Connector connector, Cookie cookie, Inbox inbox, NanoClock clock, BooleanSupplier isUnwanted) {
        this.connector = connector;
        this.cookie = cookie;
        this.inbox = inbox;
        this.clock = clock;
        this.isUnwanted = isUnwanted;
    }

    /// Something to do when all connections exist, and before the server knows of the last one.
    @FunctionalInterface
    interface Preparation {
        void run() throws SessionFailure;
    }

    /// The server of the test.
    ///
    /// @param address of its control connection
    /// @param roundTripNanos to it
    /// @param extension of the protocol that it knows
    record Server(InetSocketAddress address, long roundTripNanos, ProtocolExtension extension) {}

    /// Opens all connections that `data` wants.
    ///
    /// @param preparation what the test needs: a server starts its clock as soon as it knows of all
    ///     streams, so nothing should be left to do then
    /// @return false if the server has said something else meanwhile
    boolean open(TestConfig test, Server server, DataConnections data, Preparation preparation) throws SessionFailure {
        while (!data.isComplete()) {
            if (test.protocol().isDatagram()) {
                if (!openDatagrams(test, server, data, preparation)) {
                    return false;
                }
            } else {
                openBytes(test, server, data, preparation);
            }
        }
        return true;
    }

    private void openBytes(TestConfig test, Server server, DataConnections data, Preparation preparation)
            throws SessionFailure {
        Patience patience = Deadline.in(CONNECT_PATIENCE, clock, isUnwanted);
        try {
            TcpConnection stream = connector.openData(test, server.address(), data.count(), patience);
            data.add(stream);
            prepareIfComplete(data, preparation);
            ControlConnection.sendAll(stream, cookie.toBytes(), patience);
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.STREAM_CONNECT);
        }
    }

    private static void prepareIfComplete(DataConnections data, Preparation preparation) throws SessionFailure {
        if (data.isComplete()) {
            preparation.run();
        }
    }

    private boolean openDatagrams(TestConfig test, Server server, DataConnections data, Preparation preparation)
            throws SessionFailure {
        Patience patience = Deadline.in(UdpGreeting.PATIENCE, clock, isUnwanted);
        UdpConnection stream;
        try {
            stream = connector.openDatagrams(test, server.address(), data.count(), patience);
            data.add(stream);
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.STREAM_CONNECT);
        }
        prepareIfComplete(data, preparation);
        try {
            Cookie shown = server.extension().hasCookieInRequests() ? cookie : null;
            var greeting = new UdpGreeting(stream, server.roundTripNanos(), shown, clock);
            return greeting.greet(() -> inbox.peek() != null, patience) || hasStarted(data);
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.STREAM_READ);
        }
    }

    /// A server that starts the test has all streams: its last answer was lost.
    private boolean hasStarted(DataConnections data) {
        Event waiting = inbox.peek();
        return data.isComplete() && waiting != null && waiting.isState(TestState.TEST_START);
    }
}
