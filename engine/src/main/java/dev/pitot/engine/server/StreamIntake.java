package dev.pitot.engine.server;

import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.UdpSetup;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.control.ProtocolExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Intake of the streams of one test. Belongs to the session's thread.
final class StreamIntake implements AutoCloseable {
    private final ServerResources resources;
    private final ServerConfig server;
    private final Session session;
    private final Cookie cookie;
    private final StreamConsumer streamConsumer;
    private @Nullable UdpStreamWaiter udpStreamWaiter;
    private boolean waitsForSctp;
    private int trafficClass; // requested traffic class, or 0
    private volatile boolean isExpecting;

    /// @param session the test: streams come from the client of its control connection
    /// @param cookie of the test
    StreamIntake(
            ServerResources resources,
            ServerConfig server,
            Session session,
            Cookie cookie,
            StreamConsumer streamConsumer) {
        this.resources = resources;
        this.server = server;
        this.session = session;
        this.cookie = cookie;
        this.streamConsumer = streamConsumer;
    }

    /// Receiver of streams. Called on any thread unless stated otherwise; must not block.
    interface StreamConsumer extends ListenerThread.Waiting {
        /// Sets the protocol of the streams that are accepted from now on.
        ///
        /// @param protocol null for none
        void expect(@Nullable Protocol protocol);

        /// Offers a stream.
        ///
        /// @return true if it was accepted; if not, it still belongs to the caller
        boolean offer(AcceptedConnection<?> accepted);
    }

    /// Cookie of the test.
    Cookie cookie() {
        return cookie;
    }

    /// Starts to accept streams; those of TCP arrive at the listening socket of control connections.
    ///
    /// @param extension defines if the client's connect messages contain the cookie
    /// @return the condition that it is this test's turn: with UDP it may have to wait for other tests of
    ///     the same client, see [UdpStreamQueue]
    AwaitedCondition open(TestConfig test, ProtocolExtension extension) throws SessionFailure {
        streamConsumer.expect(test.protocol());
        try {
            return switch (test.protocol()) {
                case TCP, MULTIPATH_TCP -> {
                    trafficClass = test.streams().socket().tos();
                    if (trafficClass != 0) {
                        resources.synAck().add(trafficClass);
                    }
                    yield AwaitedCondition.MET;
                }
                case UDP -> {
                    udpStreamWaiter = new IntakeWaiter(test, extension.hasCookieInRequests() ? cookie : null);
                    yield resources.datagrams().admit(udpStreamWaiter);
                }
                case SCTP -> {
                    resources.sctp().admit(streamConsumer);
                    waitsForSctp = true;
                    yield AwaitedCondition.MET;
                }
            };
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.STREAM_LISTEN);
        }
    }

    /// Called before the client is asked to open its streams.
    void expectRequests() {
        isExpecting = true;
    }

    /// Stops accepting streams; other threads no longer use them. A second call does nothing.
    @Override
    public void close() {
        streamConsumer.expect(null);
        if (udpStreamWaiter != null) {
            resources.datagrams().dismiss(udpStreamWaiter);
            udpStreamWaiter = null;
        }
        if (trafficClass != 0) {
            resources.synAck().remove(trafficClass);
            trafficClass = 0;
        }
        if (waitsForSctp) {
            waitsForSctp = false;
            resources.sctp().dismiss(streamConsumer);
        }
    }

    /// This test as a waiter for UDP streams.
    private final class IntakeWaiter implements UdpStreamWaiter {
        private final TestConfig test;
        private final @Nullable Cookie shown;
        private final Duration roundTrip;

        IntakeWaiter(TestConfig test, @Nullable Cookie shown) {
            this.test = test;
            this.shown = shown;
            roundTrip = session.control().roundTrip();
        }

        @Override
        public InetAddress client() {
            return session.control().remote().getAddress();
        }

        @Override
        public Duration roundTrip() {
            return roundTrip;
        }

        @Override
        public UdpSetup setup() {
            var local = new InetSocketAddress(session.control().local().getAddress(), 0);
            return RequestedSocketOptions.datagrams(
                    test, server, local, session.context().sockets());
        }

        @Override
        public @Nullable Cookie cookie() {
            return shown;
        }

        @Override
        public boolean isExpectingRequests() {
            return isExpecting;
        }

        @Override
        public int streamCount() {
            return test.streamCount();
        }

        @Override
        public boolean offer(AcceptedConnection<?> accepted) {
            return streamConsumer.offer(accepted);
        }

        @Override
        public void fail(SocketException failure) {
            streamConsumer.fail(failure);
        }
    }
}
