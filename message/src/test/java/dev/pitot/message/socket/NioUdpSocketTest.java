package dev.pitot.message.socket;

import static dev.pitot.testkit.Awaiter.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NioUdpSocketTest {
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(5).toNanos();

    @Test
    void carriesDatagramsBothWays() throws IOException {
        try (var server = NioUdpSocket.bound(loopback(0));
                var client = NioUdpSocket.connected(server.localAddress())) {
            ByteBuffer request = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2);

            assertThat(client.send(request, null)).isTrue();
            InetSocketAddress from = expect(server, 1, 2);
            server.send(ByteBuffer.wrap(new byte[] {9}), from);
            expect(client, 9);

            assertThat(request.position()).isEqualTo(1);
            assertThat(from).isEqualTo(client.localAddress());
            assertThat(server.counts()).isEqualTo(SocketCounts.NONE);
            assertThat(client.counts()).isEqualTo(SocketCounts.NONE);
        }
    }

    @Test
    void hearsBothFamiliesOnTheWildcard() throws IOException {
        try (var server = NioUdpSocket.bound(new InetSocketAddress(0));
                var four = NioUdpSocket.connected(loopback(server.localAddress().getPort()))) {
            four.send(ByteBuffer.wrap(new byte[] {4}), null);

            assertThat(expect(server, 4).getAddress()).isInstanceOf(Inet4Address.class);

            InetSocketAddress six =
                    new InetSocketAddress(ipv6Loopback(), server.localAddress().getPort());
            assumeThat(hasIpv6()).isTrue();
            try (var client = NioUdpSocket.connected(six)) {
                client.send(ByteBuffer.wrap(new byte[] {6}), null);
                InetSocketAddress from = expect(server, 6);
                server.send(ByteBuffer.wrap(new byte[] {7}), from);
                expect(client, 7);
            }
        }
    }

    @Test
    void aConnectedSocketReceivesNothingFromOthers() throws IOException {
        try (var server = NioUdpSocket.bound(loopback(0));
                var unknownSender = NioUdpSocket.bound(loopback(0));
                var client = NioUdpSocket.connected(server.localAddress())) {
            unknownSender.send(ByteBuffer.wrap(new byte[] {6, 6, 6}), client.localAddress());
            server.send(ByteBuffer.wrap(new byte[] {1}), client.localAddress());

            expect(client, 1);
            assertThat(client.receive(10, (_, _) -> {})).isZero();
        }
    }

    @Test
    void aPeerThatIsNotThereIsCountedAndThrowsNothing() throws IOException {
        InetSocketAddress nobody;
        try (var gone = NioUdpSocket.bound(loopback(0))) {
            nobody = gone.localAddress();
        }
        try (var client = NioUdpSocket.connected(nobody)) {
            long until = System.nanoTime() + TIMEOUT_NANOS;
            while (client.unreachable() == 0 && System.nanoTime() - until < 0) {
                assertThat(client.send(ByteBuffer.wrap(new byte[] {1}), null)).isTrue();
                client.await(Duration.ofMillis(10).toNanos(), true);
                client.receive(10, (_, _) -> {});
            }

            assertThat(client.counts().unreachable()).isPositive();
        }
    }

    @Test
    void takesAtMostTheGivenNumberAndDropsWhatIsTooLong() throws IOException {
        try (var server = NioUdpSocket.bound(loopback(0));
                var client = NioUdpSocket.connected(server.localAddress())) {
            client.send(ByteBuffer.allocate(5000), null);
            for (int i = 0; i < 3; i++) {
                client.send(ByteBuffer.wrap(new byte[] {(byte) i}), null);
            }
            List<Byte> came = new ArrayList<>();

            assertThat(server.receive(3, (datagram, _) -> came.add(datagram.get())))
                    .isEqualTo(2);
            assertThat(server.receive(3, (datagram, _) -> came.add(datagram.get())))
                    .isEqualTo(1);

            assertThat(came).containsExactly((byte) 0, (byte) 1, (byte) 2);
            assertThat(server.counts().ignored()).isEqualTo(1);
        }
    }

    @Test
    void waitsUntilItIsWokenOrTheTimeIsOver() throws Exception {
        try (var socket = NioUdpSocket.bound(loopback(0))) {
            long begin = System.nanoTime();
            socket.await(Duration.ofMillis(30).toNanos(), true);
            long waited = System.nanoTime() - begin;
            Thread waker = Thread.ofVirtual().start(socket::wakeup);
            socket.await(Duration.ofSeconds(60).toNanos(), true); // the test's limit is 10 s
            waker.join();

            assertThat(waited).isGreaterThanOrEqualTo(Duration.ofMillis(29).toNanos());
        }
    }

    @Test
    void whoDoesNotReadIsNotWokenByDatagrams() throws Exception {
        try (var server = NioUdpSocket.bound(loopback(0));
                var client = NioUdpSocket.connected(server.localAddress())) {
            client.send(ByteBuffer.wrap(new byte[] {1}), null);
            server.await(Duration.ofSeconds(60).toNanos(), true); // it is there

            int wakeups = 50;
            int tooMany = 2 * wakeups; // an await may return early without a reason, but not each time
            var returned = new AtomicInteger();
            Thread waiting = Thread.ofPlatform().start(() -> {
                while (returned.get() < tooMany) {
                    server.await(Duration.ofSeconds(60).toNanos(), false);
                    returned.incrementAndGet();
                }
            });
            for (int i = 0; i < wakeups && returned.get() < tooMany; i++) {
                int before = returned.get();
                server.wakeup();
                await(() -> returned.get() > before);
            }

            assertThat(returned).hasValueLessThan(tooMany);
            returned.set(tooMany);
            server.wakeup();
            waiting.join();
            assertThat(server.receive(1, (_, _) -> {})).isEqualTo(1);
        }
    }

    @Test
    void aClosedPortDoesNothingAndThrowsNothing() throws IOException {
        var socket = NioUdpSocket.bound(loopback(0));
        socket.close();
        socket.close();

        assertThat(socket.send(ByteBuffer.wrap(new byte[] {1}), loopback(9))).isFalse();
        assertThat(socket.receive(1, (_, _) -> {})).isZero();
        socket.await(Duration.ofSeconds(60).toNanos(), true);
        socket.wakeup();
    }

    @Test
    void anAddressOfTheOtherFamilyIsALossNotAnError() throws IOException {
        try (var four = NioUdpSocket.bound(loopback(0))) {
            assertThat(four.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress(ipv6Loopback(), 9)))
                    .isTrue();

            assertThat(four.counts().failed()).isEqualTo(1);
        }
    }

    @Test
    void saysWhatToDoIfThePortIsTaken() throws IOException {
        try (var first = NioUdpSocket.bound(loopback(0))) {
            assertThatThrownBy(() -> NioUdpSocket.bound(first.localAddress()))
                    .isInstanceOf(BindException.class)
                    .hasMessageStartingWith("UDP port " + first.localAddress().getPort() + " of ")
                    .hasMessageEndingWith("choose another, or stop what has it.");
        }
    }

    private static InetSocketAddress expect(NioUdpSocket socket, int... bytes) {
        List<InetSocketAddress> senders = new ArrayList<>();
        long until = System.nanoTime() + TIMEOUT_NANOS;
        while (senders.isEmpty() && System.nanoTime() - until < 0) {
            socket.await(Duration.ofMillis(100).toNanos(), true);
            socket.receive(1, (datagram, from) -> {
                senders.add(from);
                assertThat(datagram.remaining()).isEqualTo(bytes.length);
                for (int expected : bytes) {
                    assertThat(datagram.get()).isEqualTo((byte) expected);
                }
            });
        }
        assertThat(senders).hasSize(1);
        return senders.getFirst();
    }

    private static InetAddress ipv6Loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    }

    private static boolean hasIpv6() {
        try (var socket = NioUdpSocket.bound(new InetSocketAddress(ipv6Loopback(), 0))) {
            return socket.localAddress().getPort() > 0;
        } catch (IOException _) { // this machine has none
            return false;
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void aBroadcastAddressIsNotABadAddressOfThisMachine() {
        assertThatThrownBy(() ->
                        NioUdpSocket.connected(new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 5205)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("No datagrams can be sent to 255.255.255.255:5205 (")
                .hasMessageEndingWith("): choose another address.");
    }
}
