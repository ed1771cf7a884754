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
    private final Map<SocketAddress, Lane> byClient = new ConcurrentHashMap<>();
    private final List<Lane> lanes = new CopyOnWriteArrayList<>(); // in the order in which they appeared

    /// Creates a relay that owns the socket.
    DatagramRelay(DatagramSocket clients, InetSocketAddress server, LinkPlan plan) throws SocketException {
        this.clients = clients;
        this.server = server;
        this.plan = plan;
        prepare(clients);
        Thread.ofPlatform().daemon().name("link-datagrams-up").start(this::relayUp);
    }

    LinkCounts counts() {
        return new LinkCounts(lanes.stream().map(Lane::counts).toList());
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
        lanes.forEach(lane -> sockets.add(lane.upstream()));
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
                    Lane lane = laneOf(packet.getSocketAddress());
                    deliverUp(lane, lane.up().onDatagram(content(packet)));
                } else {
                    for (Lane lane : lanes) {
                        deliverUp(lane, lane.up().onSilence());
                    }
                }
            }
        } catch (IOException _) { // the link was closed
        }
    }

    private void relayDown(Lane lane) {
        var packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        try {
            while (true) {
                List<byte[]> leaving = arrives(lane.upstream(), packet)
                        ? lane.down().onDatagram(content(packet))
                        : lane.down().onSilence();
                for (byte[] datagram : leaving) {
                    clients.send(new DatagramPacket(datagram, datagram.length, lane.client()));
                }
            }
        } catch (IOException _) { // the link was closed
        }
    }

    private static void deliverUp(Lane lane, List<byte[]> leaving) throws IOException {
        for (byte[] datagram : leaving) {
            try {
                lane.upstream().send(new DatagramPacket(datagram, datagram.length));
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
    private Lane laneOf(SocketAddress client) throws IOException {
        Lane known = byClient.get(client);
        if (known != null) {
            return known;
        }
        var upstream = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        prepare(upstream);
        upstream.connect(server);
        var lane = new Lane(
                (InetSocketAddress) client,
                upstream,
                new Course(plan.up(), plan.lostRequests()),
                new Course(plan.down(), plan.lostReplies()));
        byClient.put(client, lane);
        lanes.add(lane);
        if (clients.isClosed()) { // closed meanwhile: nothing else closes this socket
            upstream.close();
        }
        Thread.ofPlatform().daemon().name("link-datagrams-down").start(() -> relayDown(lane));
        return lane;
    }

    /// State of one stream, identified by the client's address.
    private record Lane(InetSocketAddress client, DatagramSocket upstream, Course up, Course down) {
        LinkCounts.OfStream counts() {
            return new LinkCounts.OfStream(client.getPort(), up.tally(), down.tally());
        }
    }
}
