package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
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
final class Doorway implements AutoCloseable {
    private final Facilities facilities;
    private final ServerConfig server;
    private final Session session;
    private final Cookie cookie;
    private final Taker taker;
    private @Nullable Guest guest;
    private boolean waitsForSctp;
    private int trafficClass; // requested traffic class, or 0
    private volatile boolean isExpecting;

    /// @param session the test: streams come from the client of its control connection
    /// @param cookie of the test
    Doorway(Facilities facilities, ServerConfig server, Session session, Cookie cookie, Taker taker) {
        this.facilities = facilities;
        this.server = server;
        this.session = session;
        this.cookie = cookie;
        this.taker = taker;
    }

    /// Receiver of streams. Called on any thread unless stated otherwise; must not block.
    interface Taker extends ListenerThread.Waiting {
        /// Sets the protocol of the streams that are accepted from now on.
        ///
        /// @param protocol null for none
        void expect(@Nullable Protocol protocol);

        /// Offers a stream.
        ///
        /// @return true if it was accepted; if not, it still belongs to the caller
        boolean offer(Arrival<?> arrival);
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
        taker.expect(test.protocol());
        try {
            return switch (test.protocol()) {
                case TCP, MULTIPATH_TCP -> {
                    trafficClass = test.streams().socket().tos();
                    if (trafficClass != 0) {
                        facilities.synAck().add(trafficClass);
                    }
                    yield AwaitedCondition.MET;
                }
                case UDP -> {
                    guest = new DatagramGuest(test, extension.hasCookieInRequests() ? cookie : null);
                    yield facilities.datagrams().admit(guest);
                }
                case SCTP -> {
                    facilities.sctp().admit(taker);
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
        taker.expect(null);
        if (guest != null) {
            facilities.datagrams().dismiss(guest);
            guest = null;
        }
        if (trafficClass != 0) {
            facilities.synAck().remove(trafficClass);
            trafficClass = 0;
        }
        if (waitsForSctp) {
            waitsForSctp = false;
            facilities.sctp().dismiss(taker);
        }
    }

    /// This test as a waiter for UDP streams.
    private final class DatagramGuest implements Guest {
        private final TestConfig test;
        private final @Nullable Cookie shown;
        private final Duration roundTrip;

        DatagramGuest(TestConfig test, @Nullable Cookie shown) {
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
            return ClientWishes.datagrams(
                    test, server, local, session.surroundings().sockets());
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
        public boolean offer(Arrival<?> arrival) {
            return taker.offer(arrival);
        }

        @Override
        public void fail(SocketException failure) {
            taker.fail(failure);
        }
    }
}
