package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.Dependencies.SocketFactory;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.socket.DatagramHandler;
import dev.pitot.message.socket.SocketCounts;
import dev.pitot.message.socket.UdpSocket;
import dev.pitot.testkit.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Many clients that each stay within their own limits, and together hold more than a server has.
class ServerMemoryTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);
    private static final byte[] FIRST = "the first message, which never comes".getBytes(StandardCharsets.US_ASCII);
    private static final int PART = 60_000;
    private static final int PARTS_OF_EACH = 20;
    private static final long MEBIBYTE = 1 << 20;

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final EndpointOptions options = EndpointOptions.of(network);
    private final Journal served = new Journal();

    @Test
    void clientsWhoseFirstOrderedMessageIsMissingDoNotFillTheMemory() throws IOException {
        MessageServer server = server(8 * MEBIBYTE);
        MessageClient modest = client(network, new Journal());
        List<MessageClient> greedy = new ArrayList<>();
        List<Journal> told = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            told.add(new Journal());
            greedy.add(client(new WithoutFirst(network), told.getLast()));
        }
        List<Runnable> turns = new ArrayList<>(List.of(server::update, modest::update));
        greedy.forEach(client -> turns.add(client::update));
        Runnable[] all = turns.toArray(Runnable[]::new);
        network.runUntil(() -> server.peers().size() == 13, Duration.ofSeconds(5), all);

        for (MessageClient client : greedy) {
            client.send(ByteBuffer.wrap(FIRST), Channel.RELIABLE_ORDERED);
            for (int i = 0; i < PARTS_OF_EACH; i++) {
                client.send(ByteBuffer.allocate(PART), Channel.RELIABLE_ORDERED);
            }
        }
        network.runUntil(() -> server.counts().evicted() > 0, Duration.ofMinutes(5), all);
        network.runUntil(() -> false, Duration.ofSeconds(1), all);

        assertThat(server.counts().evicted()).isBetween(1L, 11L);
        assertThat(server.peers()).hasSize(13 - (int) server.counts().evicted());
        assertThat(modest.isConnected()).isTrue();
        assertThat(modest.sendReliable(ByteBuffer.wrap(new byte[] {'m'}))).isTrue();
        network.runUntil(() -> false, Duration.ofSeconds(1), all);
        assertThat(served.lines).anyMatch(line -> line.endsWith(" m")); // one more may be disconnected after it
        assertThat(greedy.getFirst().isConnected()).isTrue(); // the newest go first
        assertThat(greedy.getLast().isConnected()).isFalse();
        assertThat(told.getLast().lines)
                .last()
                .asString()
                .endsWith("the messages that the server holds for its clients take all memory it may use");
    }

    @Test
    void aServerWithoutMemoryTakesNoMoreToSendUntilItHasSome() throws IOException {
        MessageServer server = server(MEBIBYTE);
        MessageClient client = client(network, new Journal());
        network.runUntil(() -> !server.peers().isEmpty(), Duration.ofSeconds(5), client::update, server::update);
        Peer peer = server.peers().getFirst();

        int taken = 0;
        while (peer.send(ByteBuffer.allocate(PART), Channel.RELIABLE)) {
            taken++;
        }

        assertThat(taken).isEqualTo(16); // in arrays of 64 KiB: the first that is more than 1 MiB in all
    }

    @Test
    void aPeerOfLegumesIsToldThatItsConnectionEndsForLackOfMemory() throws IOException {
        EndpointOptions plain = options.withProtocol(ProtocolOptions.DEFAULT.with(ProtocolOptions.ProtocolMode.LEGUME));
        var dependencies =
                new Dependencies(Dependencies.real(MessageTypes.of(), plain).negotiation(), MessageTypes.of(), network);
        var server = new MessageServer(dependencies, plain, ServerLimits.DEFAULT.withMemoryBytes(MEBIBYTE), served);
        server.listen(SERVER);
        List<Journal> told = List.of(new Journal(), new Journal());
        List<Runnable> turns = new ArrayList<>(List.of(server::update));
        for (Journal journal : told) {
            var client = new MessageClient(dependencies, plain, journal);
            client.connect(SERVER);
            turns.add(client::update);
        }
        Runnable[] all = turns.toArray(Runnable[]::new);
        network.runUntil(() -> server.peers().size() == 2, Duration.ofSeconds(5), all);

        for (Peer peer : server.peers()) {
            while (peer.send(ByteBuffer.allocate(1_000).put(0, (byte) 'x'), Channel.UNRELIABLE)) {
                // until all memory is taken
            }
        }
        network.runUntil(() -> false, Duration.ofSeconds(1), all);

        assertThat(server.counts().evicted()).isEqualTo(1);
        assertThat(server.peers()).hasSize(1);
        assertThat(told.stream().flatMap(journal -> journal.lines.stream()))
                .filteredOn(line -> line.startsWith("disconnected"))
                .singleElement()
                .asString()
                .startsWith("disconnected REMOTE");
    }

    @Test
    void aLimitIsAtLeastAMebibyte() {
        assertThat(ServerLimits.DEFAULT.memoryBytes()).isBetween(MEBIBYTE, 256 * MEBIBYTE);
        assertThatThrownBy(() -> ServerLimits.DEFAULT.withMemoryBytes(MEBIBYTE - 1))
                .hasMessage("memoryBytes < 1048576: 1048575");
    }

    private MessageServer server(long memoryBytes) throws IOException {
        var server = new MessageServer(
                dependencies(network), options, ServerLimits.DEFAULT.withMemoryBytes(memoryBytes), served);
        server.listen(SERVER);
        return server;
    }

    private MessageClient client(SocketFactory sockets, Journal journal) throws IOException {
        var client = new MessageClient(dependencies(sockets), options, journal);
        client.connect(SERVER);
        return client;
    }

    private Dependencies dependencies(SocketFactory sockets) {
        return new Dependencies(
                Dependencies.real(MessageTypes.of(), options).negotiation(), MessageTypes.of(), sockets);
    }

    /// A network that loses each datagram with the first message.
    private record WithoutFirst(SocketFactory network) implements SocketFactory {
        @Override
        public UdpSocket bound(InetSocketAddress local) throws IOException {
            return network.bound(local);
        }

        @Override
        public UdpSocket connected(InetSocketAddress server) throws IOException {
            return new LosingSocket(network.connected(server));
        }
    }

    private record LosingSocket(UdpSocket socket) implements UdpSocket {
        @Override
        public boolean send(ByteBuffer datagram, @Nullable InetSocketAddress to) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(datagram.position(), bytes);
            for (int i = 0; i + FIRST.length <= bytes.length; i++) {
                if (bytes[i] == FIRST[0] && Arrays.equals(bytes, i, i + FIRST.length, FIRST, 0, FIRST.length)) {
                    return true;
                }
            }
            return socket.send(datagram, to);
        }

        @Override
        public int receive(int most, DatagramHandler handler) {
            return socket.receive(most, handler);
        }

        @Override
        public void await(long nanos, boolean isReading) {
            socket.await(nanos, isReading);
        }

        @Override
        public void wakeup() {
            socket.wakeup();
        }

        @Override
        public InetSocketAddress localAddress() {
            return socket.localAddress();
        }

        @Override
        public long unreachable() {
            return socket.unreachable();
        }

        @Override
        public SocketCounts counts() {
            return socket.counts();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
