package dev.pitot.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.OptionalLong;

/// Lossy link between a client and a server on this machine: a relay on the loopback address that
/// forwards TCP connections and applies a plan to UDP datagrams. Each client address is a separate
/// stream. The link counts its actions, and drops caused by full socket buffers if the system
/// reports them.
///
/// ```java
/// try (var server = Iperf3.server("-1");
///         var link = LossyLink.to(server.port(), LinkPlan.both(DatagramRule.dropEvery(50)));
///         var client = Iperf3.client(link.port(), "-u", "-b", "10M")) {
///     client.awaitExit();
///     long dropped = link.counts().up().dropped();
/// }
/// ```
///
/// Datagrams are buffered in up to 4 MiB and forwarded by one thread per direction, so that none is
/// lost unintentionally at some ten thousand per second. Thread-safe.
public final class LossyLink implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    private final int port;
    private final ConnectionRelay connections;
    private final DatagramRelay datagrams;

    private LossyLink(int port, ConnectionRelay connections, DatagramRelay datagrams) {
        this.port = port;
        this.connections = connections;
        this.datagrams = datagrams;
    }

    /// Creates a link to a server.
    ///
    /// @param serverPort port of the server on 127.0.0.1, both TCP and UDP
    /// @throws IOException if no port is free
    public static LossyLink to(int serverPort, LinkPlan plan) throws IOException {
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        for (int attempt = 1; ; attempt++) {
            var listener = new ServerSocket(0, 0, server.getAddress());
            int port = listener.getLocalPort();
            try {
                var socket = new DatagramSocket(port, server.getAddress());
                return new LossyLink(
                        port, new ConnectionRelay(listener, server), new DatagramRelay(socket, server, plan));
            } catch (SocketException e) { // the UDP port of this number is in use
                listener.close();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// Port for clients, TCP and UDP, on 127.0.0.1.
    public int port() {
        return port;
    }

    /// Counters so far.
    public LinkCounts counts() {
        return datagrams.counts();
    }

    /// Number of datagrams that the kernel dropped because the buffers of the link's sockets were
    /// full; empty if the system does not report it (all but Linux). More than 0 means that
    /// [#counts()] does not include all losses.
    public OptionalLong overflows() throws IOException {
        return datagrams.overflows();
    }

    /// Ends all connections and streams.
    @Override
    public void close() throws IOException {
        datagrams.close();
        connections.close();
    }
}
