package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.Patience;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.UdpSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The way by which the streams of one test come in. Belongs to the session's thread.
final class Doorway implements AutoCloseable {
    private final Facilities facilities;
    private final ServerConfig server;
    private final Surroundings surroundings;
    private final TcpConnection control;
    private final Taker taker;
    private @Nullable Guest guest;
    private boolean waitsForSctp;
    private int trafficClass; // that has been asked for, or 0

    /// @param control the test's control connection: streams come from the same client
    Doorway(Facilities facilities, ServerConfig server, Surroundings surroundings, TcpConnection control, Taker taker) {
        this.facilities = facilities;
        this.server = server;
        this.surroundings = surroundings;
        this.control = control;
        this.taker = taker;
    }

    /// Learns of streams, on any thread; must not block.
    interface Taker {
        /// A stream has come.
        ///
        /// @return whether it was taken; if not, it still belongs to the caller
        boolean offer(Arrival arrival);

        /// A stream has come, and this system would not let it be set up.
        void fail(SocketException failure);
    }

    /// Lets streams come in; those of TCP come where the control connection did.
    ///
    /// @param patience with other tests of the same client that come first, see [UdpStreamQueue]
    /// @throws SocketTimeoutException if it has ended
    void open(TestConfig test, Patience patience) throws SessionFailure, SocketTimeoutException {
        try {
            switch (test.protocol()) {
                case TCP, MULTIPATH_TCP -> {
                    trafficClass = test.streams().socket().tos();
                    if (trafficClass != 0) {
                        facilities.synAck().add(trafficClass);
                    }
                }
                case UDP -> {
                    guest = new DatagramGuest(test);
                    facilities.datagrams().admit(guest, patience);
                }
                case SCTP -> {
                    facilities.sctp().admit();
                    waitsForSctp = true;
                }
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.STREAM_LISTEN);
        }
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
        private final Duration roundTrip;

        DatagramGuest(TestConfig test) {
            this.test = test;
            roundTrip = ControlHandshake.roundTrip(control);
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
