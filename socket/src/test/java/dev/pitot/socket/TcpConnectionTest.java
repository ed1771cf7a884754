package dev.pitot.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Contract of both families for connections.
@ParameterizedClass(name = "{0}")
@MethodSource("families")
final class TcpConnectionTest {
    private final SocketFamily family;

    TcpConnectionTest(SocketFamily family) {
        this.family = family;
    }

    static List<SocketFamily> families() {
        return Families.ALL;
    }

    @Test
    void bytesArriveInOrder() throws IOException {
        try (Pair pair = Pair.of(family)) {
            Pair.sendAll(pair.client(), Pair.direct("from the client"));
            Pair.sendAll(pair.server(), Pair.direct("from the server"));

            ByteBuffer atServer = ByteBuffer.allocateDirect("from the client".length());
            ByteBuffer atClient = ByteBuffer.allocateDirect("from the server".length());
            Pair.receiveAll(pair.server(), atServer);
            Pair.receiveAll(pair.client(), atClient);

            assertThat(Pair.text(atServer.flip())).isEqualTo("from the client");
            assertThat(Pair.text(atClient.flip())).isEqualTo("from the server");
        }
    }

    /// Less than the mark is received late, and never lost: portable connections do not wait at all.
    @Test
    void whatIsBelowTheLowWaterMarkIsReceivedToo() throws IOException {
        try (Pair pair = Pair.of(family)) {
            pair.server().setLowWaterMark(1_000_000);
            ByteBuffer in = ByteBuffer.allocateDirect(10);
            Pair.sendAll(pair.client(), Pair.direct("01234"));
            Pair.receiveAll(pair.server(), in.limit(5));

            pair.server().setLowWaterMark(1);
            Pair.sendAll(pair.client(), Pair.direct("56789"));
            Pair.receiveAll(pair.server(), in.limit(10));

            assertThat(Pair.text(in.flip())).isEqualTo("0123456789");
        }
    }

    /// The end of the stream ends the wait.
    @Test
    void theLastBytesNeedNotReachTheLowWaterMark() throws IOException {
        try (Pair pair = Pair.of(family)) {
            pair.server().setLowWaterMark(1_000_000);
            Pair.sendAll(pair.client(), Pair.direct("end"));
            pair.client().shutdownOutput();
            ByteBuffer in = ByteBuffer.allocateDirect(3);

            Pair.receiveAll(pair.server(), in);

            assertThat(Pair.text(in.flip())).isEqualTo("end");
            assertThat(pair.server().receive(in.clear())).isEqualTo(-1);
        }
    }

    @Test
    void aBufferIsUsedFromItsPositionToItsLimit() throws IOException {
        try (Pair pair = Pair.of(family)) {
            ByteBuffer out = Pair.direct("0123456789").position(3).limit(7);
            ByteBuffer in = ByteBuffer.allocateDirect(10).put((byte) 'x').limit(5);

            Pair.sendAll(pair.client(), out);
            Pair.receiveAll(pair.server(), in);

            assertThat(out.position()).isEqualTo(7);
            assertThat(in.position()).isEqualTo(5);
            assertThat(Pair.text(in.flip())).isEqualTo("x3456");
        }
    }

    @Test
    void aSliceOfABufferIsUsedWhereItBegins() throws IOException {
        try (Pair pair = Pair.of(family)) {
            ByteBuffer whole = Pair.direct("0123456789");

            Pair.sendAll(pair.client(), whole.slice(2, 3));
            Pair.sendAll(pair.client(), whole.slice(6, 2));
            ByteBuffer in = ByteBuffer.allocateDirect(5);
            Pair.receiveAll(pair.server(), in);

            assertThat(Pair.text(in.flip())).isEqualTo("23467");
        }
    }

    @Test
    void anEmptyBufferMovesNothing() throws IOException {
        try (Pair pair = Pair.of(family)) {
            ByteBuffer empty = ByteBuffer.allocateDirect(0);

            assertThat(pair.client().send(empty)).isZero();
            assertThat(pair.client().receive(empty)).isZero();
        }
    }

    @Test
    void onlyDirectBuffersAreTaken() throws IOException {
        try (Pair pair = Pair.of(family)) {
            ByteBuffer onHeap = ByteBuffer.allocate(1);

            assertThatIllegalArgumentException().isThrownBy(() -> pair.client().send(onHeap));
            assertThatIllegalArgumentException().isThrownBy(() -> pair.client().receive(onHeap));
        }
    }

    @Test
    void receivingNothingEndsWithTheSlice() throws IOException {
        try (Pair pair = Pair.of(family)) {
            ByteBuffer block = ByteBuffer.allocateDirect(10);

            assertThat(pair.server().receive(block)).isZero();
            assertThat(block.position()).isZero();
        }
    }

    @Test
    void whatWasSentToAPeerThatDoesNotReadArrivesExactly() throws IOException {
        try (Pair pair = Pair.of(family)) {
            long sent = Pair.fill(pair.client());

            pair.client().shutdownOutput();
            ByteBuffer block = ByteBuffer.allocateDirect(100_000);
            long received = 0;
            for (int n = pair.server().receive(block); n >= 0; n = pair.server().receive(block.clear())) {
                received += n;
            }

            assertThat(sent).isPositive();
            assertThat(received).isEqualTo(sent);
        }
    }

    @Test
    void thePeersEndIsToldEveryTime() throws IOException {
        try (Pair pair = Pair.of(family)) {
            ByteBuffer block = ByteBuffer.allocateDirect(10);

            pair.client().close();

            assertThat(pair.server().receive(block)).isEqualTo(-1);
            assertThat(pair.server().receive(block)).isEqualTo(-1);
        }
    }

    @Test
    void endingTheOutputLeavesTheInputOpen() throws IOException {
        try (Pair pair = Pair.of(family)) {
            pair.client().shutdownOutput();
            Pair.sendAll(pair.server(), Pair.direct("still here"));

            ByteBuffer in = ByteBuffer.allocateDirect("still here".length());
            Pair.receiveAll(pair.client(), in);

            assertThat(Pair.text(in.flip())).isEqualTo("still here");
            assertThat(pair.server().receive(ByteBuffer.allocateDirect(1))).isEqualTo(-1);
        }
    }

    @Test
    void aResetIsAnError() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                TcpConnection client = family.connect(
                        (InetSocketAddress) listener.getLocalSocketAddress(), TcpSetup.CONTROL, Slices.plenty())) {
            try (Socket peer = listener.accept()) {
                peer.setSoLinger(true, 0); // close() resets
            }

            assertThatThrownBy(() -> client.receive(ByteBuffer.allocateDirect(1)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset by peer")
                    .extracting(e -> ((SocketException) e).errno())
                    .isEqualTo(104);
        }
    }

    @Test
    void sendingToAPeerThatHasGoneBreaksThePipe() throws IOException {
        try (Pair pair = Pair.of(family)) {
            pair.server().close();
            ByteBuffer block = Pair.direct("x");

            assertThatThrownBy(() -> {
                        while (true) {
                            pair.client().send(block.rewind());
                        }
                    })
                    .isInstanceOf(SocketException.class)
                    .message()
                    .isIn("Broken pipe", "Connection reset by peer");
        }
    }

    @Test
    void shutdownWakesAThreadThatReceives() throws Exception {
        try (Pair pair = Pair.of(family)) {
            ByteBuffer block = ByteBuffer.allocateDirect(10);
            var received = Pair.start(() -> {
                int n = 0;
                while (n == 0) {
                    n = pair.server().receive(block);
                }
                return n;
            });

            pair.server().shutdown();
            pair.server().shutdown();

            assertThat(received.get()).isEqualTo(-1);
        }
    }

    @Test
    void shutdownWakesAThreadThatSends() throws Exception {
        try (Pair pair = Pair.of(family)) {
            Pair.fill(pair.client());
            ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
            var sent = Pair.start(() -> {
                while (true) {
                    pair.client().send(block.clear());
                }
            });

            pair.client().shutdown();

            assertThatThrownBy(sent::get).isInstanceOf(ExecutionException.class).hasStackTraceContaining("Broken pipe");
        }
    }

    @Test
    void aThreadThatReceivesMayBeVirtual() throws Exception {
        try (Pair pair = Pair.of(family)) {
            ByteBuffer in = ByteBuffer.allocateDirect(5);
            Thread receiver = Thread.ofVirtual().start(() -> {
                try {
                    Pair.receiveAll(pair.server(), in);
                } catch (IOException _) { // checked by the buffer's position
                }
            });

            Pair.sendAll(pair.client(), Pair.direct("hello"));
            receiver.join();

            assertThat(Pair.text(in.flip())).isEqualTo("hello");
        }
    }

    @Test
    void virtualThreadsThatWaitDoNotKeepTheCarriersFromOthers() throws Exception {
        List<Pair> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                Pair pair = Pair.of(family);
                waiting.add(pair);
                Thread.ofVirtual().start(() -> receiveUntilTheEnd(pair.server()));
            }

            Thread other = Thread.ofVirtual().start(() -> {});
            other.join();

            assertThat(other.isAlive()).isFalse();
        } finally {
            waiting.forEach(Pair::close);
        }
    }

    private static void receiveUntilTheEnd(TcpConnection connection) {
        try {
            ByteBuffer block = ByteBuffer.allocateDirect(1);
            while (connection.receive(block.clear()) >= 0) {}
        } catch (IOException _) { // closed at the end of the test
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws IOException {
        Pair pair = Pair.of(family);

        pair.close();
        pair.close();

        assertThat(pair.client().info()).isNull();
    }

    @Test
    void aClosedConnectionRefusesAllUse() throws IOException {
        Pair pair = Pair.of(family);
        TcpConnection closed = pair.client();
        ByteBuffer block = ByteBuffer.allocateDirect(1);

        pair.close();

        assertThatThrownBy(() -> closed.send(block)).hasMessage("Bad file descriptor");
        assertThatThrownBy(() -> closed.receive(block)).hasMessage("Bad file descriptor");
        assertThatThrownBy(() -> closed.apply(TcpSetup.CONTROL)).hasMessage("Bad file descriptor");
        assertThatThrownBy(closed::buffers).hasMessage("Bad file descriptor");
        assertThat(closed.unacknowledgedBytes()).isEqualTo(-1);
        assertThat(closed.unreadBytes()).isEqualTo(-1);
        assertThat(closed.congestion()).isNull();
        assertThat(closed.mss()).isZero();
        closed.shutdown();
    }

    @Test
    void aZeroCopyBlockArrivesAsItIs() throws IOException {
        byte[] content = new byte[200_000];
        new Random(1).nextBytes(content);
        try (Pair pair = Pair.of(family);
                ZeroCopyBlock block = family.zeroCopyBlock(ByteBuffer.wrap(content))) {
            var sent = Pair.start(() -> {
                int offset = 0;
                while (offset < block.bytes()) {
                    offset += pair.client().send(block, offset, block.bytes() - offset);
                }
                return offset;
            });

            ByteBuffer in = ByteBuffer.allocateDirect(content.length);
            Pair.receiveAll(pair.server(), in);

            byte[] arrived = new byte[content.length];
            in.flip().get(arrived);
            assertThat(sent.join()).isEqualTo(content.length);
            assertThat(arrived).isEqualTo(content);
        }
    }

    @Test
    void partOfAZeroCopyBlockWaitsOneSliceForRoom() throws IOException {
        try (Pair pair = Pair.of(family);
                ZeroCopyBlock block = family.zeroCopyBlock(ByteBuffer.allocate(1000))) {
            Pair.fill(pair.client());

            assertThat(pair.client().send(block, 10, 900)).isZero();
        }
    }

    @Test
    void aZeroCopyBlockHasBounds() throws IOException {
        try (Pair pair = Pair.of(family);
                ZeroCopyBlock block = family.zeroCopyBlock(ByteBuffer.allocate(1000))) {
            assertThatThrownBy(() -> pair.client().send(block, 500, 501)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
