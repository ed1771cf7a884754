package dev.pitot.testkit;

import dev.pitot.testkit.simulate.Impairment;
import dev.pitot.testkit.simulate.UdpRelay;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/// Link of a known delay between a client and a server on this machine: a relay on the loopback
/// address that holds each UDP datagram for a time, kept to about 0.1 ms, and passes TCP
/// connections on at once. Thread-safe.
///
/// ```java
/// try (var server = PitotProcess.server("-1");
///         var link = DelayedLink.to(server.port(), Duration.ofMillis(10), Duration.ofMillis(5));
///         var client = PitotProcess.client(link.port(), "-u", "-b", "1M")) {
///     client.awaitExit(); // round trips of datagrams took 15 ms
/// }
/// ```
public final class DelayedLink implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    private final ConnectionRelay connections;
    private final UdpRelay datagrams;

    private DelayedLink(ConnectionRelay connections, UdpRelay datagrams) {
        this.connections = connections;
        this.datagrams = datagrams;
    }

    /// Creates a link to a server.
    ///
    /// @param serverPort port of the server on 127.0.0.1, both TCP and UDP
    /// @param up delay of datagrams towards the server
    /// @param down delay of its datagrams
    /// @throws IOException if no port is free
    public static DelayedLink to(int serverPort, Duration up, Duration down) throws IOException {
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        for (int attempt = 1; ; attempt++) {
            UdpRelay datagrams = UdpRelay.open(server, delay(up), delay(down), System::nanoTime);
            try {
                var listener = new ServerSocket(datagrams.address().getPort(), 0, server.getAddress());
                return new DelayedLink(new ConnectionRelay(listener, server), datagrams);
            } catch (BindException e) { // the TCP port of this number is in use
                datagrams.close();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// Port for clients, TCP and UDP, on 127.0.0.1.
    public int port() {
        return datagrams.address().getPort();
    }

    /// Ends all connections and streams.
    @Override
    public void close() throws IOException {
        datagrams.close();
        connections.close();
    }

    private static Impairment delay(Duration delay) {
        return Impairment.NONE.withDelay(delay, Duration.ZERO);
    }
}
