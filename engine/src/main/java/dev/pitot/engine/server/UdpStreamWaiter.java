package dev.pitot.engine.server;

import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.socket.UdpSetup;
import dev.pitot.wire.control.Cookie;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Test that waits for UDP streams.
interface UdpStreamWaiter extends ListenerThread.Waiting {
    /// Source address of its streams: the address of its control connection, from which the client opens
    /// everything.
    InetAddress client();

    /// Setup of a socket of its streams.
    UdpSetup setup();

    /// Round-trip time of its control connection; ZERO if unknown.
    Duration roundTrip();

    /// Cookie in the client's connect messages; null for iperf3 clients, whose messages have none.
    @Nullable Cookie cookie();

    /// Number of streams it waits for.
    int streamCount();

    /// True once its client has been asked to open its streams. An earlier connect message is not the
    /// client's.
    boolean isExpectingRequests();

    /// Offers a stream.
    ///
    /// @return true if the test accepted it; if not, it still belongs to the caller
    boolean offer(AcceptedConnection<?> accepted);
}
