package dev.pitot.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.OptionalLong;

/// A bad link between a client and a server on this machine: a relay that listens on the loopback
/// address, passes TCP connections on and treats UDP datagrams as planned. Each address of a
/// client is a stream of its own. What the link did is counted; what it was made to do by a full
/// socket buffer is too, where the system tells.
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
/// Datagrams wait in buffers of up to 4 MiB and are moved by a thread for each direction, so that
/// none is lost by accident at some ten thousand in a second. Any thread may ask or close.
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

    /// A link to a server.
    ///
    /// @param serverPort of the server on 127.0.0.1, both TCP and UDP
    /// @throws IOException if no port can be had
    public static LossyLink to(int serverPort, LinkPlan plan) throws IOException {
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        for (int attempt = 1; ; attempt++) {
            var listener = new ServerSocket(0, 0, server.getAddress());
            int port = listener.getLocalPort();
            try {
                var socket = new DatagramSocket(port, server.getAddress());
                return new LossyLink(
                        port, new ConnectionRelay(listener, server), new DatagramRelay(socket, server, plan));
            } catch (SocketException e) { // another program has the UDP port of this number
                listener.close();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// Where clients connect to, TCP and UDP, on 127.0.0.1.
    public int port() {
        return port;
    }

    /// What it did so far.
    public LinkCounts counts() {
        return datagrams.counts();
    }

    /// How many datagrams the kernel has dropped at the link's own sockets because they were
    /// full; empty where the system does not tell (anywhere but Linux). More than 0 means that
    /// [#counts()] is not the whole truth.
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
