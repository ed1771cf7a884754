package dev.pitot.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Relays UDP datagrams to a server and back according to a plan. One thread handles all datagrams
/// of clients; each stream has another one for the server's datagrams.
final class DatagramRelay implements AutoCloseable {
    private static final int BUFFER_BYTES = 4 * 1024 * 1024; // the system may grant less
    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int SILENCE_MILLIS = 20;

    private final DatagramSocket clients;
    private final InetSocketAddress server;
    private final LinkPlan plan;
    private final Map<SocketAddress, RelaySession> byClient = new ConcurrentHashMap<>();
    private final List<RelaySession> sessions = new CopyOnWriteArrayList<>(); // in the order in which they appeared

    /// Creates a relay that owns the socket.
    DatagramRelay(DatagramSocket clients, InetSocketAddress server, LinkPlan plan) throws SocketException {
        this.clients = clients;
        this.server = server;
        this.plan = plan;
        prepare(clients);
        Thread.ofPlatform().daemon().name("link-datagrams-up").start(this::relayUp);
    }

    LinkCounts counts() {
        return new LinkCounts(sessions.stream().map(RelaySession::counts).toList());
    }

    OptionalLong overflows() throws IOException {
        long sum = 0;
        for (DatagramSocket socket : sockets()) {
            OptionalLong drops = DatagramDrops.at(socket.getLocalPort());
            if (drops.isEmpty()) {
                return drops;
            }
            sum += drops.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    @Override
    public void close() {
        sockets().forEach(DatagramSocket::close);
    }

    private List<DatagramSocket> sockets() {
        List<DatagramSocket> sockets = new ArrayList<>(List.of(clients));
        sessions.forEach(session -> sockets.add(session.upstream()));
        return sockets;
    }

    private static void prepare(DatagramSocket socket) throws SocketException {
        socket.setReceiveBufferSize(BUFFER_BYTES);
        socket.setSendBufferSize(BUFFER_BYTES);
        socket.setSoTimeout(SILENCE_MILLIS);
    }

    private void relayUp() {
        var packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        try {
            while (true) {
                if (arrives(clients, packet)) {
                    RelaySession session = sessionOf(packet.getSocketAddress());
                    deliverUp(session, session.up().onDatagram(content(packet)));
                } else {
                    for (RelaySession session : sessions) {
                        deliverUp(session, session.up().onSilence());
                    }
                }
            }
        } catch (IOException _) { // the link was closed
        }
    }

    private void relayDown(RelaySession session) {
        var packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        try {
            while (true) {
                List<byte[]> leaving = arrives(session.upstream(), packet)
                        ? session.down().onDatagram(content(packet))
                        : session.down().onSilence();
                for (byte[] datagram : leaving) {
                    clients.send(new DatagramPacket(datagram, datagram.length, session.client()));
                }
            }
        } catch (IOException _) { // the link was closed
        }
    }

    private static void deliverUp(RelaySession session, List<byte[]> leaving) throws IOException {
        for (byte[] datagram : leaving) {
            try {
                session.upstream().send(new DatagramPacket(datagram, datagram.length));
            } catch (PortUnreachableException _) { // the server has closed this stream
            }
        }
    }

    /// Waits for a datagram.
    ///
    /// @return false if none arrived within 20 ms
    private static boolean arrives(DatagramSocket socket, DatagramPacket packet) throws IOException {
        packet.setLength(LARGEST_DATAGRAM);
        try {
            socket.receive(packet);
            return true;
        } catch (SocketTimeoutException | PortUnreachableException _) {
            return false;
        }
    }

    private static byte[] content(DatagramPacket packet) {
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /// Returns the stream of a client's address; a new stream gets its own socket to the server.
    private RelaySession sessionOf(SocketAddress client) throws IOException {
        RelaySession known = byClient.get(client);
        if (known != null) {
            return known;
        }
        var upstream = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        prepare(upstream);
        upstream.connect(server);
        var session = new RelaySession(
                (InetSocketAddress) client,
                upstream,
                new LinkDirection(plan.up(), plan.lostRequests()),
                new LinkDirection(plan.down(), plan.lostReplies()));
        byClient.put(client, session);
        sessions.add(session);
        if (clients.isClosed()) { // closed meanwhile: nothing else closes this socket
            upstream.close();
        }
        Thread.ofPlatform().daemon().name("link-datagrams-down").start(() -> relayDown(session));
        return session;
    }

    /// State of one stream, identified by the client's address.
    private record RelaySession(
            InetSocketAddress client, DatagramSocket upstream, LinkDirection up, LinkDirection down) {
        LinkCounts.OfStream counts() {
            return new LinkCounts.OfStream(client.getPort(), up.tally(), down.tally());
        }
    }
}
