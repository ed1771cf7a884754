package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.EchoDatagram;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Echo of a server: for the client of a test alone, no longer than the test, and no more than the client
/// asked for.
class EchoAdmissionTest {
    private static final String WISH = ",\"pitot\":3,\"pitot_probe\":";
    private static final EchoDatagram.Key KEY = key(UdpVisitor.COOKIE);
    private static final EchoDatagram.Key OTHER = key(UdpVisitor.COOKIE.replace('d', 'e'));

    static Stream<SocketFamily> families() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable());
    }

    private static EchoDatagram.Key key(String cookie) {
        return EchoDatagram.Key.of(Cookie.parse(ByteBuffer.wrap(cookie.getBytes(StandardCharsets.US_ASCII))));
    }

    private static byte[] request(int sequence, EchoDatagram.Key key) {
        byte[] bytes = new byte[EchoDatagram.BYTES];
        EchoDatagram.writeRequest(ByteBuffer.wrap(bytes), sequence, 7, key);
        return bytes;
    }

    private static byte[] received(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static void awaitAnswer(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(30_000);
        assertThat(received(socket)).hasSize(EchoDatagram.BYTES);
        impatient(socket);
    }

    private static boolean isAnswered(DatagramSocket socket) throws IOException {
        return answers(socket) > 0;
    }

    /// Number of answers that arrive until none does for a while.
    private static int answers(DatagramSocket socket) throws IOException {
        int answers = 0;
        try {
            while (true) {
                byte[] answer = received(socket);
                assertThat(answer).hasSize(EchoDatagram.BYTES);
                assertThat(EchoDatagram.isAnswer(ByteBuffer.wrap(answer), answer.length, KEY))
                        .isTrue();
                answers++;
            }
        } catch (SocketTimeoutException _) {
            return answers;
        }
    }

    /// For what is not answered.
    private static DatagramSocket impatient(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(300);
        return socket;
    }

    @ParameterizedTest
    @MethodSource("families")
    void onlyTheClientOfATestIsAnswered(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start();
                var visitor = new UdpVisitor(server.port(), 1, WISH + "100");
                DatagramSocket stranger = impatient(visitor.socket("127.0.0.2"));
                DatagramSocket forger = impatient(visitor.socket("127.0.0.1"));
                DatagramSocket client = visitor.socket("127.0.0.1")) {
            visitor.send(stranger, request(0, KEY)); // as if the source were spoofed: the cookie alone is not enough
            visitor.send(forger, request(0, OTHER));
            assertThat(isAnswered(stranger)).isFalse();
            assertThat(isAnswered(forger)).isFalse();

            visitor.send(client, request(5, KEY));
            byte[] answer = received(client);

            ByteBuffer content = ByteBuffer.wrap(answer);
            assertThat(EchoDatagram.isAnswer(content, answer.length, KEY)).isTrue();
            assertThat(EchoDatagram.sequence(content)).isEqualTo(5);
            assertThat(EchoDatagram.sentNanos(content)).isEqualTo(7);
            assertThat(EchoDatagram.answeredNanos(content)).isGreaterThanOrEqualTo(EchoDatagram.receivedNanos(content));
            visitor.send(forger, request(6, KEY)); // a test has one echo
            assertThat(isAnswered(forger)).isFalse();
            visitor.send(impatient(client), request(7, OTHER));
            assertThat(isAnswered(client)).isFalse();
            visitor.send(client, answer); // two ends cannot echo for ever
            assertThat(isAnswered(client)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 43, 47, 49, 64, 1000})
    void onlyARequestOfTheRightLengthIsAnswered(int length) throws Exception {
        try (Server server = Iperf.server().port(0).start();
                var visitor = new UdpVisitor(server.port(), 1, WISH + "100");
                DatagramSocket client = impatient(visitor.socket("127.0.0.1"))) {
            byte[] datagram = ByteBuffer.allocate(Math.max(length, EchoDatagram.BYTES))
                    .put(request(0, KEY))
                    .array();
            byte[] cut = Arrays.copyOf(datagram, length);

            visitor.send(client, cut);
            assertThat(isAnswered(client)).isFalse();
            visitor.send(client, request(1, KEY));
            awaitAnswer(client);
            visitor.send(client, cut);
            assertThat(isAnswered(client)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"pitot\":3",
                ",\"pitot\":2,\"pitot_probe\":100",
                ",\"pitot\":3,\"pitot_probe\":0",
                ",\"pitot\":3,\"pitot_probe\":-5",
                ",\"pitot\":3,\"pitot_probe\":\"100\"",
                ",\"pitot_probe\":100"
            })
    void aClientThatDidNotAskIsNotAnswered(String wishes) throws Exception {
        try (Server server = Iperf.server().port(0).start();
                var visitor = new UdpVisitor(server.port(), 1, wishes);
                DatagramSocket client = impatient(visitor.socket("127.0.0.1"))) {
            visitor.send(client, request(0, KEY));

            assertThat(isAnswered(client)).isFalse();
        }
    }

    /// However fast a client sends, and whatever rate it asked for.
    @ParameterizedTest
    @ValueSource(strings = {"10", "1e300"})
    void aFloodIsAnsweredAtTheAnnouncedRate(String rate) throws Exception {
        int perSecond = (int) Math.min(1000, Double.parseDouble(rate));
        try (Server server = Iperf.server().port(0).start();
                var visitor = new UdpVisitor(server.port(), 1, WISH + rate);
                DatagramSocket client = visitor.socket("127.0.0.1")) {
            visitor.send(client, request(0, KEY));
            assertThat(received(client)).isNotEmpty();
            long start = System.nanoTime();
            for (int i = 1; i <= 5000; i++) {
                visitor.send(client, request(i, KEY));
            }

            int answers = answers(impatient(client));

            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(answers) // those of four seconds wait for a server that was stopped or behind a queue
                    .isGreaterThanOrEqualTo(4 * Math.min(perSecond, 10))
                    .isLessThanOrEqualTo((int) (perSecond * (4 + seconds)) + 17);
        }
    }

    @Test
    void theEchoEndsWithItsTest() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start()) {
            var visitor = new UdpVisitor(server.port(), 1, WISH + "100");
            try (DatagramSocket client = impatient(visitor.socket("127.0.0.1"))) {
                visitor.send(client, request(0, KEY));
                awaitAnswer(client);
                visitor.close();
                watcher.awaitOutcome();

                visitor.send(client, request(1, KEY));

                assertThat(isAnswered(client)).isFalse();
            } catch (PortUnreachableException _) { // its port is closed
            }
        }
    }
}
