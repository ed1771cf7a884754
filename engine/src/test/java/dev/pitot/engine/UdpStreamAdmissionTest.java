package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.UdpConnectMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Admission of UDP streams to a server's test.
@Tag("slow")
class UdpStreamAdmissionTest {
    private static final String COOKIE = UdpVisitor.COOKIE;
    private static final byte TEST_START = 1;
    private static final byte ACCESS_DENIED = -1;
    private static final byte SERVER_ERROR = -2;
    private static final byte[] REQUEST = {0x39, 0x38, 0x37, 0x36};
    private static final byte[] REPLY = {0x36, 0x37, 0x38, 0x39};

    static Stream<SocketFamily> families() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable());
    }

    static Stream<Arguments> requests() {
        return families()
                .flatMap(family -> Stream.of(
                        Arguments.of(family, REQUEST, REPLY),
                        Arguments.of(family, bytes(0x15cd5b07), bytes(0xb168de3a)),
                        Arguments.of(family, bytes(0x075bcd15), bytes(0x3ade68b1))));
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyGenerationOfClientsIsAnsweredInItsOwnWay(SocketFamily family, byte[] request, byte[] reply)
            throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var visitor = new UdpVisitor(server.port(), 1);
                DatagramSocket socket = visitor.socket("127.0.0.1")) {
            visitor.send(socket, request);

            assertThat(UdpVisitor.answer(socket)).startsWith(reply);
            visitor.expect(TEST_START);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void whatIsNoRequestBecomesNoStream(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var visitor = new UdpVisitor(server.port(), 1);
                DatagramSocket stray = visitor.socket("127.0.0.1");
                DatagramSocket socket = visitor.socket("127.0.0.1")) {
            visitor.send(stray, new byte[] {1, 2, 3, 4});
            visitor.send(stray, new byte[100]);
            visitor.send(stray, new byte[0]);
            visitor.expectSilence();

            visitor.send(socket, REQUEST);

            assertThat(UdpVisitor.answer(socket)).startsWith(REPLY);
            visitor.expect(TEST_START);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void whoeverIsNotTheClientBecomesNoStream(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var visitor = new UdpVisitor(server.port(), 1);
                DatagramSocket foreign = visitor.socket("127.0.0.2");
                DatagramSocket socket = visitor.socket("127.0.0.1")) {
            visitor.send(foreign, REQUEST);
            visitor.expectSilence();

            visitor.send(socket, REQUEST);

            assertThat(UdpVisitor.answer(socket)).startsWith(REPLY);
            visitor.expect(TEST_START);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void whoAsksAgainIsAnsweredAgainAndStaysOneStream(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var visitor = new UdpVisitor(server.port(), 2);
                DatagramSocket first = visitor.socket("127.0.0.1");
                DatagramSocket second = visitor.socket("127.0.0.1")) {
            visitor.send(first, REQUEST);
            assertThat(UdpVisitor.answer(first)).startsWith(REPLY);
            visitor.send(first, REQUEST);
            assertThat(UdpVisitor.answer(first)).startsWith(REPLY);
            visitor.expectSilence();

            visitor.send(second, REQUEST);

            assertThat(UdpVisitor.answer(second)).startsWith(REPLY);
            visitor.expect(TEST_START);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aTestThatWaitsHoldsUpNoOtherClient(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var _ = new UdpVisitor(server.port(), 1)) {
            TestConfig test = TestConfig.builder()
                    .protocol(Protocol.UDP)
                    .blockBytes(100)
                    .limit(new Limit.ForBlocks(10))
                    .build();

            // another address of this host
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .local(new LocalBinding("127.0.0.2", AddressFamily.V4, 0))
                    .test(test)
                    .sockets(family)
                    .run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        }
    }

    /// Three clients that negotiate a test and never open a stream, as behind a firewall. Takes 3 s and
    /// more.
    @ParameterizedTest
    @Timeout(180)
    @MethodSource("families")
    void testsThatOpenNoStreamsHoldUpNoOtherOfTheirAddress(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var _ = new UdpVisitor(server.port(), 1, "", COOKIE);
                var _ = new UdpVisitor(server.port(), 1, "", COOKIE.replace('a', 'c'));
                var _ = new UdpVisitor(server.port(), 1, "", COOKIE.replace('a', 'd'))) {
            TestConfig test = TestConfig.builder()
                    .protocol(Protocol.UDP)
                    .parallel(2)
                    .blockBytes(100)
                    .limit(new Limit.ForBlocks(10))
                    .build();

            for (int i = 0; i < 2; i++) {
                Outcome outcome = Iperf.client("127.0.0.1")
                        .port(server.port())
                        .test(test)
                        .sockets(family)
                        .run();
                assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            }
        }
    }

    /// A server that has negotiated cookies in connect messages accepts none without it, from any
    /// address.
    @ParameterizedTest
    @MethodSource("families")
    void aRequestWithoutTheCookieIsNoneOfAPitotClients(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var visitor = new UdpVisitor(server.port(), 1, ",\"pitot\":2");
                var other = new UdpVisitor(server.port(), 1, ",\"pitot\":2", COOKIE.replace('d', 'e'));
                DatagramSocket forged = visitor.socket("127.0.0.1");
                DatagramSocket socket = visitor.socket("127.0.0.1")) {
            visitor.send(forged, REQUEST);
            visitor.send(forged, bytesOf(UdpConnectMessage.request(new Cookie("z".repeat(36)))));
            visitor.expectSilence();

            visitor.send(socket, bytesOf(UdpConnectMessage.request(Cookie.parse(ByteBuffer.wrap(cookieBytes())))));
            assertThat(UdpVisitor.answer(socket)).startsWith(REPLY);
            visitor.expect(TEST_START);
            other.expectSilence();
        }
    }

    private static byte[] cookieBytes() {
        return COOKIE.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytesOf(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    /// The first client has the turn and keeps it by repeating its connect message.
    @Test
    void aClientThatIsGoneDoesNotWaitForItsTurn() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start();
                var first = new UdpVisitor(server.port(), 2);
                DatagramSocket socket = first.socket("127.0.0.1")) {
            first.send(socket, REQUEST);
            assertThat(UdpVisitor.answer(socket)).startsWith(REPLY);
            try (var second = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                UdpVisitor.say(second, 1, "", COOKIE.replace('a', 'c'));
            }

            CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> awaitOutcome(watcher));
            while (!outcome.isDone()) {
                first.send(socket, REQUEST);
                assertThat(UdpVisitor.answer(socket)).startsWith(REPLY);
            }

            assertThat(outcome.get().ending()).isEqualTo(new Ending.PeerGone());
        }
    }

    private static Outcome awaitOutcome(Watcher watcher) {
        try {
            return watcher.awaitOutcome();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Datagrams of unknown senders do not use up the buffer space of a client's only connect message.
    @Test
    @Timeout(180)
    @EnabledOnOs(OS.LINUX)
    void longDatagramsOfStrangersKeepNoRequestOut() throws Exception {
        try (Server server = Iperf.server().port(0).start();
                var visitor = new UdpVisitor(server.port(), 8);
                DatagramSocket sender = visitor.socket("127.0.0.2")) {
            for (int i = 0; i < 8; i++) {
                for (int burst = 0; burst < 40; burst++) {
                    visitor.send(sender, new byte[60_000]);
                }
                try (DatagramSocket socket = visitor.socket("127.0.0.1")) {
                    socket.setSoTimeout(10_000);
                    visitor.send(socket, REQUEST);

                    assertThat(UdpVisitor.answer(socket)).startsWith(REPLY);
                }
            }
            visitor.expect(TEST_START);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void thePortIsClosedToDatagramsWhenNobodyWaits(SocketFamily family) throws Exception {
        var watcher = new Watcher();
        try (Server server =
                Iperf.server().port(0).sockets(family).listener(watcher).start()) {
            try (var _ = new UdpVisitor(server.port(), 1)) {
                // closes without a message
            }
            assertThat(watcher.awaitOutcome().ending()).isEqualTo(new Ending.PeerGone());
            try (var socket = new DatagramSocket()) {
                socket.connect(InetAddress.getLoopbackAddress(), server.port());
                socket.setSoTimeout(300);
                byte[] content = bytesOf(UdpConnectMessage.request());
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 10; i++) { // until the listener's slice has passed
                                socket.send(new DatagramPacket(content, content.length));
                                readNothing(socket);
                            }
                        })
                        .isInstanceOf(PortUnreachableException.class);
            }
        }
    }

    private static void readNothing(DatagramSocket socket) throws IOException {
        try {
            socket.receive(new DatagramPacket(new byte[10], 10));
        } catch (SocketTimeoutException _) { // try again
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aConnectionOfBytesBecomesNoStreamOfDatagrams(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var visitor = new UdpVisitor(server.port(), 1);
                var intruder = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            intruder.getOutputStream().write(COOKIE.getBytes(StandardCharsets.US_ASCII));

            assertThat((byte) intruder.getInputStream().read()).isEqualTo(ACCESS_DENIED);
            visitor.expectSilence();
        }
    }

    /// A buffer larger than any kernel grants is requested when the stream is set up.
    @ParameterizedTest
    @MethodSource("families")
    void whatThisSystemRefusesIsSaidAtOnce(SocketFamily family) throws Exception {
        var watcher = new Watcher();
        try (Server server =
                        Iperf.server().port(0).sockets(family).listener(watcher).start();
                var visitor = new UdpVisitor(server.port(), 1, ",\"window\":536870912");
                DatagramSocket socket = visitor.socket("127.0.0.1")) {
            visitor.send(socket, REQUEST);

            visitor.expect(SERVER_ERROR);
            assertThat(watcher.awaitOutcome().ending()).isInstanceOfSatisfying(Ending.Failed.class, failed -> {
                assertThat(failed.error()).isEqualTo(IperfError.BUFFER_TOO_SMALL);
                assertThat(failed.reason()).contains("536870912");
            });
        }
    }

    /// iperf3 clients wait for a number of bytes, some of which may be lost.
    @ParameterizedTest
    @MethodSource("families")
    void aServerGoesOnAfterItsQuotaUntilTheClientEndsTheTest(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var visitor = new UdpVisitor(server.port(), 1, ",\"reverse\":true,\"num\":300,\"bandwidth\":80000");
                DatagramSocket socket = visitor.socket("127.0.0.1")) {
            visitor.send(socket, REQUEST);
            assertThat(UdpVisitor.answer(socket)).startsWith(REPLY);
            for (int i = 1; i <= 3; i++) {
                assertThat(sequence(UdpVisitor.answer(socket))).isEqualTo(i);
            }

            socket.setSoTimeout(500);
            assertThatThrownBy(() -> UdpVisitor.answer(socket)).isInstanceOf(SocketTimeoutException.class);

            socket.setSoTimeout(3_000);
            assertThat(sequence(UdpVisitor.answer(socket))).isEqualTo(4);
        }
    }

    private static int sequence(byte[] datagram) {
        return ByteBuffer.wrap(datagram).getInt(2 * Integer.BYTES);
    }
}
