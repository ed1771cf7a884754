package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.socket.UdpSetup;
import dev.pitot.wire.control.Cookie;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A test that waits for streams which do not come through the server's own listener.
interface Guest extends ListenerThread.Waiting {
    /// Where its streams come from: the address of its control connection, from which the client
    /// opens everything.
    InetAddress client();

    /// How a socket of its streams shall be set up.
    UdpSetup setup();

    /// The round trip of its control connection; ZERO if that is not known.
    Duration roundTrip();

    /// The cookie that its client shows with each request; null for clients of iperf's, which show none.
    @Nullable Cookie cookie();

    /// How many streams it waits for.
    int streamCount();

    /// Whether its client is being told to open its streams. A request that comes before that is not the client's.
    boolean isExpectingRequests();

    /// Offers a stream.
    ///
    /// @return whether the test took it; if not, it still belongs to the caller
    boolean offer(Arrival<?> arrival);
}
