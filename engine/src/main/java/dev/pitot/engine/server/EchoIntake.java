package dev.pitot.engine.server;

import dev.pitot.engine.session.Session;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpSetup;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.EchoDatagram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Echo of one test: waits for the client's first request, then has it and all others answered until the test
/// ends. Whatever fails here, the test goes on. Belongs to the session's thread, unless stated otherwise.
final class EchoIntake implements AutoCloseable {
    private final UdpStreamListener listener;
    private final ServerConfig server;
    private final Session session;
    private final EchoDatagram.Key key;
    private @Nullable Waiter waiter;
    private @Nullable EchoResponder responder;

    /// @param cookie of the test
    EchoIntake(UdpStreamListener listener, ServerConfig server, Session session, Cookie cookie) {
        this.listener = listener;
        this.server = server;
        this.session = session;
        key = EchoDatagram.Key.of(cookie);
    }

    /// Starts to wait.
    ///
    /// @param perSecond requests per second that the client announced, 1 or more
    void open(TestConfig test, int perSecond) {
        var answering = new EchoResponder(key, perSecond, session.clock());
        var waiting = new Waiter(test, answering);
        responder = answering;
        try {
            listener.admit(waiting);
            waiter = waiting;
        } catch (IOException e) { // another program has the port; the client reports that nothing answers
            session.debug("no UDP echo: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (waiter != null) {
            listener.dismiss(waiter);
            waiter = null;
        }
        if (responder != null) {
            responder.close();
            responder = null;
        }
    }

    /// This test as a waiter for echo requests. Any thread.
    private final class Waiter implements UdpStreamListener.EchoWaiter {
        private final TestConfig test;
        private final EchoResponder answering;
        private final InetAddress client = session.control().remote().getAddress();

        Waiter(TestConfig test, EchoResponder answering) {
            this.test = test;
            this.answering = answering;
        }

        @Override
        public InetAddress client() {
            return client;
        }

        @Override
        public EchoDatagram.Key key() {
            return key;
        }

        @Override
        public UdpSetup setup() {
            var local = new InetSocketAddress(session.control().local().getAddress(), 0);
            return RequestedSocketOptions.echo(test, server, local);
        }

        @Override
        public boolean offer(UdpConnection connection, ByteBuffer request) {
            return answering.begin(connection, request);
        }

        @Override
        public void fail(SocketException failure) {
            // the client reports that nothing answers
        }
    }
}
