package dev.pitot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.testkit.LinkCounts.OfStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LossyLinkTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static DatagramSocket socket() throws IOException {
        var socket = new DatagramSocket(0, LOOPBACK);
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void send(DatagramSocket from, int port, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        from.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(LOOPBACK, port)));
    }

    private static DatagramPacket receive(DatagramSocket at) throws IOException {
        var packet = new DatagramPacket(new byte[100], 100);
        at.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    @Test
    void datagramsGoThroughAndBack() throws Exception {
        try (var server = socket();
                var link = LossyLink.to(server.getLocalPort(), LinkPlan.both(DatagramRule.passAll()));
                var client = socket()) {
            send(client, link.port(), "there");
            DatagramPacket there = receive(server);
            send(server, there.getPort(), "and back");

            assertThat(text(there)).isEqualTo("there");
            DatagramPacket back = receive(client);
            assertThat(text(back)).isEqualTo("and back");
            assertThat(back.getPort()).isEqualTo(link.port());
            assertThat(link.counts().streams())
                    .containsExactly(new OfStream(
                            client.getLocalPort(),
                            new StreamLinkCounts(1, 0, 0, 0, 0, 0),
                            new StreamLinkCounts(1, 0, 0, 0, 0, 0)));
        }
    }

    @Test
    void eachDirectionHasRulesOfItsOwn() throws Exception {
        var plan = new LinkPlan(DatagramRule.drop(1), DatagramRule.duplicateEvery(1), 1, 0);
        try (var server = socket();
                var link = LossyLink.to(server.getLocalPort(), plan);
                var client = socket()) {
            send(client, link.port(), "9876");
            send(client, link.port(), "number 1");
            send(client, link.port(), "number 2");
            DatagramPacket second = receive(server);
            send(server, second.getPort(), "answer");

            assertThat(text(second)).isEqualTo("number 2");
            assertThat(text(receive(client))).isEqualTo("answer");
            assertThat(text(receive(client))).isEqualTo("answer");
            assertThat(link.counts().up()).isEqualTo(new StreamLinkCounts(1, 1, 0, 0, 0, 1));
            assertThat(link.counts().down()).isEqualTo(new StreamLinkCounts(1, 0, 1, 0, 0, 0));
        }
    }

    @Test
    void streamsAreCountedAndNumberedApart() throws Exception {
        try (var server = socket();
                var link = LossyLink.to(server.getLocalPort(), LinkPlan.both(DatagramRule.drop(2)));
                var first = socket();
                var second = socket()) {
            for (int round = 1; round <= 2; round++) {
                send(first, link.port(), "first " + round);
                send(second, link.port(), "second " + round);
            }
            send(first, link.port(), "first 3");

            List<String> arrived = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                arrived.add(text(receive(server)));
            }
            assertThat(arrived).containsExactlyInAnyOrder("first 1", "second 1", "first 3");
            assertThat(link.counts().streams())
                    .extracting(OfStream::clientPort)
                    .containsExactly(first.getLocalPort(), second.getLocalPort());
            assertThat(link.counts().up().dropped()).isEqualTo(2);
        }
    }

    @Test
    void whatWaitsToBeOvertakenArrivesAtLast() throws Exception {
        try (var server = socket();
                var link = LossyLink.to(server.getLocalPort(), LinkPlan.both(DatagramRule.delay(1, 9)));
                var client = socket()) {
            send(client, link.port(), "waits");

            assertThat(text(receive(server))).isEqualTo("waits");
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /proc")
    void knowsThatItLostNothingByAccident() throws Exception {
        try (var server = socket();
                var link = LossyLink.to(server.getLocalPort(), LinkPlan.both(DatagramRule.passAll()));
                var client = socket()) {
            send(client, link.port(), "there");
            receive(server);

            assertThat(link.overflows()).hasValue(0);
        }
    }

    @Test
    void connectionsPassInBothDirectionsUntilTheirEnd() throws Exception {
        Script hearsAndAnswers = Script.start().take(3).send("yes").endSending().takeAll();
        try (var server = ScriptedPeer.server(hearsAndAnswers);
                var link = LossyLink.to(server.port(), LinkPlan.both(DatagramRule.passAll()));
                var client = new Socket(LOOPBACK, link.port())) {
            client.getOutputStream().write("hey".getBytes(UTF_8));
            assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("yes");
            client.getOutputStream().write("bye".getBytes(UTF_8));
            client.shutdownOutput();

            assertThat(server.take()).asString(UTF_8).isEqualTo("hey");
            assertThat(server.take()).asString(UTF_8).isEqualTo("bye");
        }
    }

    @Test
    void aConnectionToNoServerEnds() throws Exception {
        try (var link = LossyLink.to(FreePort.find(), LinkPlan.both(DatagramRule.passAll()));
                var client = new Socket(LOOPBACK, link.port())) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closingEndsConnectionsAndStreams() throws Exception {
        try (var server = socket();
                var peer = ScriptedPeer.server(Script.start().stall())) {
            var link = LossyLink.to(peer.port(), LinkPlan.both(DatagramRule.passAll()));
            try (var client = new Socket(LOOPBACK, link.port())) {
                link.close();

                assertThat(hasEnded(client)).isTrue();
            }
            server.setSoTimeout(1);
            send(server, link.port(), "nobody hears this");
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> receive(server));
        }
    }

    /// True if the connection has ended; one that the link had not accepted yet is reset by the
    /// kernel instead of closed.
    private static boolean hasEnded(Socket client) throws IOException {
        client.setSoTimeout(10_000);
        try {
            return client.getInputStream().read() == -1;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (SocketException _) { // reset
            return true;
        }
    }

    @Test
    void aPlanCannotLoseLessThanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkPlan.losingHandshakes(-1, 0))
                .withMessage("lostRequests < 0: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkPlan.losingHandshakes(0, -1))
                .withMessage("lostReplies < 0: -1");
    }

    @Test
    void readsTheKernelsDrops() {
        String line = " 3207: 0100007F:1451 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
                + "        0 30000 2 0000000000000000 17";

        assertThat(DatagramDrops.dropsIn(line, 5201)).isEqualTo(17);
        assertThat(DatagramDrops.dropsIn(line, 5202)).isZero();
        assertThat(DatagramDrops.dropsIn("   sl  local_address rem_address   st drops", 5201))
                .isZero();
    }
}
