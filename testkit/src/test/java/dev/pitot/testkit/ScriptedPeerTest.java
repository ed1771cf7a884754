package dev.pitot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptedPeerTest {
    @Test
    void sendsAndTakesInTheOrderOfItsScript() throws Exception {
        try (var peer = ScriptedPeer.server(
                        Script.start().take(3).send("yes").expect("end").close());
                var socket = connect(peer)) {
            socket.getOutputStream().write("one".getBytes(UTF_8));
            assertThat(socket.getInputStream().readNBytes(3)).asString(UTF_8).isEqualTo("yes");
            socket.getOutputStream().write("end".getBytes(UTF_8));

            assertThat(peer.take()).asString(UTF_8).isEqualTo("one");
            assertThat(peer.take()).asString(UTF_8).isEqualTo("end");
            peer.awaitPlayed();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void playsEitherRole() throws Exception {
        try (var server = ScriptedPeer.server(Script.start().takeFrame().send((byte) 7));
                var client = ScriptedPeer.client(
                        server.port(), Script.start().sendFrame("{}").take(1))) {
            assertThat(server.take()).asString(UTF_8).isEqualTo("{}");
            assertThat(client.take()).containsExactly(7);
            client.awaitPlayed();
            server.awaitPlayed();
        }
    }

    @Test
    void framesTextBehindItsLength() throws Exception {
        try (var server = ScriptedPeer.server(Script.start().takeAll());
                var client = ScriptedPeer.client(server.port(), Script.start().sendFrame("é"))) {
            client.awaitPlayed();

            assertThat(server.take()).containsExactly(0, 0, 0, 2, 0xC3, 0xA9);
        }
    }

    @Test
    void playsTheNthScriptOnTheNthConnection() throws Exception {
        try (var peer = ScriptedPeer.server(
                        Script.start().send((byte) 1), Script.start().send((byte) 2));
                var first = connect(peer);
                var second = connect(peer)) {
            assertThat(first.getInputStream().readAllBytes()).containsExactly(1);
            assertThat(second.getInputStream().readAllBytes()).containsExactly(2);
            peer.awaitPlayed();
        }
    }

    @Test
    void aResetBreaksTheConnectionOff() throws Exception {
        try (var peer = ScriptedPeer.server(Script.start().take(1).reset());
                var socket = connect(peer)) {
            socket.getOutputStream().write(1);
            peer.awaitPlayed();

            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> socket.getInputStream().read())
                    .withMessageContaining("reset");
        }
    }

    @Test
    void stallsUntilItIsClosed() throws Exception {
        var peer = ScriptedPeer.server(Script.start().send((byte) 1).stall());
        try (var socket = connect(peer)) {
            assertThat(socket.getInputStream().read()).isEqualTo(1);

            peer.close();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void goesOnReceivingAfterItHasEndedItsSendingSide() throws Exception {
        try (var peer = ScriptedPeer.server(Script.start().endSending().takeAll());
                var socket = connect(peer)) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            socket.getOutputStream().write("late".getBytes(UTF_8));
            socket.shutdownOutput();

            assertThat(peer.take()).asString(UTF_8).isEqualTo("late");
        }
    }

    @Test
    void floodsUntilTheOtherEndHangsUp() throws Exception {
        try (var peer = ScriptedPeer.server(Script.start().flood(new byte[64 * 1024]))) {
            try (var socket = connect(peer)) {
                assertThat(socket.getInputStream().readNBytes(1_000_000)).hasSize(1_000_000);
            }

            peer.awaitPlayed();
        }
    }

    @Test
    void drainsWhateverComes() throws Exception {
        try (var server = ScriptedPeer.server(Script.start().drain());
                var client = ScriptedPeer.client(server.port(), Script.start().send(new byte[3_000_000]))) {
            client.awaitPlayed();
            server.awaitPlayed();

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(server::take)
                    .withMessage("the script is over");
        }
    }

    @Test
    void failsWhenOtherBytesArriveThanExpected() throws Exception {
        try (var server = ScriptedPeer.server(Script.start().expect((byte) 1, (byte) 2));
                var client = ScriptedPeer.client(server.port(), Script.start().send((byte) 1, (byte) 3))) {
            client.awaitPlayed();

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(server::awaitPlayed)
                    .withMessageContaining("expected 01 02 but got 01 03");
        }
    }

    @Test
    void failsWhenTheOtherEndHangsUpTooEarly() throws Exception {
        try (var server = ScriptedPeer.server(Script.start().take(5));
                var client = ScriptedPeer.client(server.port(), Script.start().send((byte) 1))) {
            client.awaitPlayed();

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(server::take)
                    .havingCause()
                    .withMessage("only 1 of 5 bytes arrived");
        }
    }

    @Test
    void aPauseKeepsTheOrder() throws Exception {
        Script slow = Script.start().send((byte) 1).pause(Duration.ofMillis(1)).send((byte) 2);

        try (var peer = ScriptedPeer.server(slow);
                var socket = connect(peer)) {
            assertThat(socket.getInputStream().readAllBytes()).containsExactly(1, 2);
        }
    }

    @Test
    void aScriptCannotFloodWithNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Script.start().flood());
    }

    private static Socket connect(ScriptedPeer peer) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), peer.port());
    }
}
