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

/// The way by which the streams of one test come in. Belongs to the session's thread.
final class Doorway implements AutoCloseable {
    private final Facilities facilities;
    private final ServerConfig server;
    private final Session session;
    private final Cookie cookie;
    private final Taker taker;
    private @Nullable Guest guest;
    private boolean waitsForSctp;
    private int trafficClass; // that has been asked for, or 0
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

    /// Learns of streams, on any thread unless said otherwise; must not block.
    interface Taker extends ListenerThread.Waiting {
        /// From now on streams of a protocol are taken.
        ///
        /// @param protocol null for none
        void expect(@Nullable Protocol protocol);

        /// A stream has come.
        ///
        /// @return whether it was taken; if not, it still belongs to the caller
        boolean offer(Arrival<?> arrival);
    }

    /// The cookie of the test.
    Cookie cookie() {
        return cookie;
    }

    /// Lets streams come in; those of TCP come where the control connection did.
    ///
    /// @param extension tells whether the client shows the cookie with each request for a UDP stream
    /// @return the turn of this test: for streams of UDP it may have to wait until other tests of the same client
    ///     have theirs, see [UdpStreamQueue]
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

    /// The client is about to be told to open its streams.
    void expectRequests() {
        isExpecting = true;
    }

    /// Lets no more in; nobody else touches what came. Does nothing the second time.
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

    /// The test as one that waits for streams of datagrams.
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
