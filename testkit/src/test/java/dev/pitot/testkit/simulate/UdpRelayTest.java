package dev.pitot.testkit.simulate;

import static dev.pitot.testkit.Awaiter.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class UdpRelayTest {
    @Test
    void passesOnBothWaysWithTheDelaysOfBoth() throws IOException {
        Impairment slow = Impairment.NONE.withDelay(Duration.ofMillis(30), Duration.ZERO);
        try (var server = socket();
                var client = socket();
                var relay = UdpRelay.open(addressOf(server), slow, slow, System::nanoTime)) {
            long begin = System.nanoTime();
            client.send(new DatagramPacket(new byte[] {42}, 1, relay.address()));
            DatagramPacket request = receive(server);
            server.send(new DatagramPacket(new byte[] {request.getData()[0], 1}, 2, request.getSocketAddress()));
            DatagramPacket answer = receive(client);

            assertThat(System.nanoTime() - begin)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(60).toNanos());
            assertThat(answer.getLength()).isEqualTo(2);
            assertThat(answer.getData()).startsWith(42, 1);
            assertThat(answer.getSocketAddress()).isEqualTo(relay.address());
            assertThat(relay.counts().clients()).isEqualTo(1);
            assertThat(relay.counts().up().left()).isEqualTo(1);
            assertThat(relay.counts().down().left()).isEqualTo(1);
        }
    }

    @Test
    void losesWhatTheSameSeedLosesInVirtualTime() throws IOException {
        Impairment lossy = Impairment.NONE.withLoss(0.5).withSeed(11);
        BitSet expected = new BitSet();
        var path = new SimulatedPath(lossy);
        for (int i = 0; i < 64; i++) {
            path.send(ByteBuffer.wrap(new byte[] {(byte) i}), i);
            path.deliver(i, datagram -> expected.set(datagram.get()));
        }

        BitSet arrived = new BitSet();
        try (var server = socket();
                var client = socket();
                var relay = UdpRelay.open(addressOf(server), lossy, Impairment.NONE, System::nanoTime)) {
            for (int i = 0; i < 64; i++) {
                client.send(new DatagramPacket(new byte[] {(byte) i}, 1, relay.address()));
            }
            for (int i = 0; i < expected.cardinality(); i++) {
                arrived.set(receive(server).getData()[0]);
            }
            awaitHandled(relay, 64);
            assertThat(relay.counts().up().lost()).isEqualTo(64 - expected.cardinality());
        }
        assertThat(arrived).isEqualTo(expected);
    }

    @Test
    void eachClientHasAPortOfItsOwnTowardsTheServer() throws IOException {
        try (var server = socket();
                var one = socket();
                var two = socket();
                var relay = UdpRelay.open(addressOf(server), Impairment.NONE, Impairment.NONE, System::nanoTime)) {
            one.send(new DatagramPacket(new byte[] {1}, 1, relay.address()));
            DatagramPacket first = receive(server);
            two.send(new DatagramPacket(new byte[] {2}, 1, relay.address()));
            DatagramPacket second = receive(server);

            server.send(new DatagramPacket(new byte[] {2}, 1, second.getSocketAddress()));
            server.send(new DatagramPacket(new byte[] {1}, 1, first.getSocketAddress()));

            assertThat(first.getSocketAddress()).isNotEqualTo(second.getSocketAddress());
            assertThat(receive(one).getData()[0]).isEqualTo((byte) 1);
            assertThat(receive(two).getData()[0]).isEqualTo((byte) 2);
            assertThat(relay.counts().clients()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatIsNotThereAffectsNoOtherClient() throws IOException {
        InetSocketAddress nobody;
        try (var gone = socket()) {
            nobody = addressOf(gone);
        }
        try (var client = socket();
                var relay = UdpRelay.open(nobody, Impairment.NONE, Impairment.NONE, System::nanoTime)) {
            for (int i = 0; i < 10; i++) {
                client.send(new DatagramPacket(new byte[] {1}, 1, relay.address()));
            }
            awaitHandled(relay, 10);

            assertThat(relay.counts().up().left()).isEqualTo(10);
        }
    }

    /// Waits until so many datagrams to the server have left or are lost.
    private static void awaitHandled(UdpRelay relay, long count) {
        await(() -> {
            PathCounts up = relay.counts().up();
            return up.left() + up.lost() >= count;
        });
    }

    private static DatagramSocket socket() throws IOException {
        var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static InetSocketAddress addressOf(DatagramSocket socket) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return packet;
    }
}
