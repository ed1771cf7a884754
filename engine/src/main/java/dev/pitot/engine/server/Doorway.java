package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.UdpSetup;
import dev.pitot.wire.control.Cookie;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The way by which the streams of one test come in. Belongs to the session's thread.
final class Doorway implements AutoCloseable {
    /// The longest wait for other tests of the same client. Each may have many streams, and be far away; one that
    /// asks for none is passed over after a second or two.
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(30);

    private final Facilities facilities;
    private final ServerConfig server;
    private final Surroundings surroundings;
    private final TcpConnection control;
    private final Taker taker;
    private @Nullable Guest guest;
    private boolean waitsForSctp;
    private int trafficClass; // that has been asked for, or 0
    private volatile boolean isExpecting;

    /// @param control the test's control connection: streams come from the same client
    Doorway(Facilities facilities, ServerConfig server, Surroundings surroundings, TcpConnection control, Taker taker) {
        this.facilities = facilities;
        this.server = server;
        this.surroundings = surroundings;
        this.control = control;
        this.taker = taker;
    }

    /// Learns of streams, on any thread unless said otherwise; must not block.
    interface Taker {
        /// A stream has come.
        ///
        /// @return whether it was taken; if not, it still belongs to the caller
        boolean offer(Arrival arrival);

        /// Whether something else has happened that the session has not seen: the client said something, or
        /// the test was cancelled. The session's thread.
        boolean hasMessage();

        /// Whether the test has waited so long that it has to end for others. The session's thread.
        boolean mustGiveWay();

        /// A stream has come, and this system would not let it be set up.
        void fail(SocketException failure);
    }

    /// Lets streams come in; those of TCP come where the control connection did. For those of UDP it may have
    /// to wait until other tests of the same client have theirs, see [UdpStreamQueue]; if something else
    /// happens meanwhile, it waits no longer.
    ///
    /// @param shown the cookie that the client shows with each request for a UDP stream; null if it shows none
    void open(TestConfig test, @Nullable Cookie shown) throws SessionFailure {
        try {
            switch (test.protocol()) {
                case TCP, MULTIPATH_TCP -> {
                    trafficClass = test.streams().socket().tos();
                    if (trafficClass != 0) {
                        facilities.synAck().add(trafficClass);
                    }
                }
                case UDP -> {
                    guest = new DatagramGuest(test, shown);
                    BooleanSupplier isUnwanted = () -> taker.hasMessage() || taker.mustGiveWay();
                    facilities.datagrams().admit(guest, Deadline.in(TURN_TIMEOUT, surroundings.clock(), isUnwanted));
                }
                case SCTP -> {
                    facilities.sctp().admit();
                    waitsForSctp = true;
                }
            }
        } catch (SocketTimeoutException _) { // another test of this client does not come to an end with its streams
            throw new SessionFailure(new Ending.Busy());
        } catch (IOException e) {
            if (e instanceof InterruptedIOException && taker.hasMessage()) {
                return; // the session's state knows what that means
            }
            if (e instanceof InterruptedIOException && taker.mustGiveWay()) {
                throw new SessionFailure(new Ending.Busy());
            }
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
            facilities.sctp().dismiss();
        }
    }

    /// The test as one that waits for streams of datagrams.
    private final class DatagramGuest implements Guest {
        private final TestConfig test;
        private final @Nullable Cookie cookie;
        private final Duration roundTrip;

        DatagramGuest(TestConfig test, @Nullable Cookie cookie) {
            this.test = test;
            this.cookie = cookie;
            roundTrip = control.roundTrip();
        }

        @Override
        public InetAddress client() {
            return control.remote().getAddress();
        }

        @Override
        public Duration roundTrip() {
            return roundTrip;
        }

        @Override
        public UdpSetup setup() {
            var local = new InetSocketAddress(control.local().getAddress(), 0);
            return ClientWishes.datagrams(test, server, local, surroundings.sockets());
        }

        @Override
        public @Nullable Cookie cookie() {
            return cookie;
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
        public boolean offer(Arrival arrival) {
            return taker.offer(arrival);
        }

        @Override
        public void fail(SocketException failure) {
            taker.fail(failure);
        }
    }
}
