package dev.pitot.engine.client;

import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.ControlConnection;
import dev.pitot.engine.session.DataConnections;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.control.ProtocolExtension;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Opens a client's data connections one after the other, so that the server accepts them in that order:
/// each check opens the next byte-stream connection, or waits for a slice of the handshake of a UDP
/// stream. Belongs to the session's thread.
final class StreamOpener implements AwaitedCondition {
    /// iperf 3.21 has the same timeout for a data connection.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(120);

    private final Connector connector;
    private final Cookie cookie;
    private final Server server;
    private final TestConfig test;
    private final Preparation preparation;
    private final Session session;
    private final DataConnections data;
    private @Nullable UdpHandshake greeting;

    /// @param preparation of the test: a server starts its clock as soon as it has all streams, so
    ///     nothing should be left to do then
    /// @param session receives the data connections
    StreamOpener(
            Connector connector,
            Cookie cookie,
            Server server,
            TestConfig test,
            Preparation preparation,
            Session session) {
        this.connector = connector;
        this.cookie = cookie;
        this.server = server;
        this.test = test;
        this.preparation = preparation;
        this.session = session;
        data = session.data();
    }

    /// Action to run when all connections exist, before the server is notified of the last one.
    @FunctionalInterface
    interface Preparation {
        void run() throws SessionFailure;
    }

    /// Server of the test.
    ///
    /// @param address of its control connection
    /// @param roundTripNanos of the control connection
    /// @param extension the protocol extension that it supports
    record Server(InetSocketAddress address, long roundTripNanos, ProtocolExtension extension) {}

    @Override
    public boolean isMet(long nowNanos) throws SessionFailure {
        if (test.protocol().isDatagram()) {
            openDatagrams();
        } else {
            openBytes();
        }
        return greeting == null && data.isComplete();
    }

    @Override
    public long nanosBetweenLooks() {
        return 0;
    }

    private void openBytes() throws SessionFailure {
        WaitPolicy waitPolicy = session.within(CONNECT_TIMEOUT);
        try {
            TcpConnection stream = connector.openData(test, server.address(), data.count(), waitPolicy);
            data.add(stream);
            prepareIfComplete();
            ControlConnection.sendAll(stream, cookie.toBytes(), waitPolicy);
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.STREAM_CONNECT);
        }
    }

    private void prepareIfComplete() throws SessionFailure {
        if (data.isComplete()) {
            preparation.run();
        }
    }

    private void openDatagrams() throws SessionFailure {
        UdpHandshake current = greeting == null ? nextGreeting() : greeting;
        try {
            boolean isAnswered = current.isAnswered();
            greeting = isAnswered ? null : current;
            if (isAnswered) {
                session.latency().onUdpConnected(current.tripNanos());
            }
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.STREAM_READ);
        }
    }

    private UdpHandshake nextGreeting() throws SessionFailure {
        WaitPolicy waitPolicy = session.within(UdpHandshake.TIMEOUT);
        UdpConnection stream;
        try {
            stream = connector.openDatagrams(test, server.address(), data.count(), waitPolicy);
            data.add(stream);
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.STREAM_CONNECT);
        }
        prepareIfComplete();
        Cookie shown = server.extension().hasCookieInRequests() ? cookie : null;
        return new UdpHandshake(stream, server.roundTripNanos(), shown, waitPolicy, session.clock());
    }
}
