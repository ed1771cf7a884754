package dev.pitot.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.SocketSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Contract of both families for connected UDP sockets.
@ParameterizedClass(name = "{0}")
@MethodSource("families")
final class UdpConnectionTest {
    private final SocketFamily family;

    UdpConnectionTest(SocketFamily family) {
        this.family = family;
    }

    static List<SocketFamily> families() {
        return Families.ALL;
    }

    @Test
    void datagramsArriveBothWays() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            ByteBuffer question = Pair.direct("question");

            assertThat(pair.client().send(question)).isEqualTo(8);
            pair.server().send(Pair.direct("answer"));

            assertThat(question.hasRemaining()).isFalse();
            assertThat(UdpPair.receive(pair.server())).isEqualTo("question");
            assertThat(UdpPair.receive(pair.client())).isEqualTo("answer");
        }
    }

    @Test
    void ipv6Works() throws IOException {
        try (UdpPair pair = UdpPair.of(family, Setups.LOOPBACK_V6, Setups.UDP)) {
            pair.server().send(Pair.direct("answer"));

            assertThat(UdpPair.receive(pair.client())).isEqualTo("answer");
            assertThat(pair.client().remote().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
        }
    }

    @Test
    void bothEndsKnowBothAddresses() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            assertThat(pair.client().remote()).isEqualTo(pair.server().local());
            assertThat(pair.client().local()).isEqualTo(pair.server().remote());
        }
    }

    @Test
    void datagramsAreNotJoined() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            pair.client().send(Pair.direct("one"));
            pair.client().send(Pair.direct("two"));

            assertThat(UdpPair.receive(pair.server())).isEqualTo("one");
            assertThat(UdpPair.receive(pair.server())).isEqualTo("two");
        }
    }

    @Test
    void aBufferIsUsedFromItsPositionToItsLimit() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            pair.client().send(Pair.direct("0123456789").position(3).limit(7));
            ByteBuffer in = ByteBuffer.allocateDirect(10).put((byte) 'x').limit(9);

            assertThat(pair.server().receive(in)).isEqualTo(4);

            assertThat(in.position()).isEqualTo(5);
            assertThat(Pair.text(in.flip())).isEqualTo("x3456");
        }
    }

    @Test
    void whatDoesNotFitIsLost() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            pair.client().send(Pair.direct("0123456789"));
            pair.client().send(Pair.direct("next"));
            ByteBuffer in = ByteBuffer.allocateDirect(4);

            int arrived = pair.server().receive(in);

            boolean tellsAll = family.features().contains(SocketFamily.Feature.SKIP_RECEIVE_COPY);
            assertThat(arrived).isEqualTo(tellsAll ? 10 : 4);
            assertThat(Pair.text(in.flip())).isEqualTo("0123");
            assertThat(UdpPair.receive(pair.server())).isEqualTo("next");
        }
    }

    @Test
    void lookingLeavesTheDatagramWhereItIs() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            pair.client().send(Pair.direct("first"));
            pair.client().send(Pair.direct("second"));
            ByteBuffer beginning = ByteBuffer.allocateDirect(2);
            ByteBuffer whole = ByteBuffer.allocateDirect(10);

            pair.server().peek(beginning);
            pair.server().peek(whole);

            assertThat(Pair.text(beginning.flip())).isEqualTo("fi");
            assertThat(Pair.text(whole.flip())).isEqualTo("first");
            assertThat(UdpPair.receive(pair.server())).isEqualTo("first");
            assertThat(UdpPair.receive(pair.server())).isEqualTo("second");
        }
    }

    @Test
    void receivingNothingEndsWithTheSlice() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            ByteBuffer block = ByteBuffer.allocateDirect(10);

            assertThat(pair.server().receive(block)).isZero();
            assertThat(pair.server().peek(block)).isZero();
            assertThat(pair.server().receiveNow(block)).isZero();
            assertThat(block.position()).isZero();
        }
    }

    @Test
    void receivingNowTakesWhatIsThere() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            pair.client().send(Pair.direct("here")); // over loopback it has arrived when the call returns
            ByteBuffer block = ByteBuffer.allocateDirect(10);

            assertThat(pair.server().receiveNow(block)).isEqualTo(4);
        }
    }

    @Test
    void anEmptyBufferMovesNothing() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            pair.client().send(Pair.direct("here"));
            ByteBuffer empty = ByteBuffer.allocateDirect(0);

            assertThat(pair.client().send(empty)).isZero();
            assertThat(pair.server().receive(empty)).isZero();
            assertThat(UdpPair.receive(pair.server())).isEqualTo("here");
        }
    }

    @Test
    void onlyDirectBuffersAreTaken() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            ByteBuffer onHeap = ByteBuffer.allocate(1);

            assertThatIllegalArgumentException().isThrownBy(() -> pair.client().send(onHeap));
            assertThatIllegalArgumentException().isThrownBy(() -> pair.client().receive(onHeap));
            assertThatIllegalArgumentException().isThrownBy(() -> pair.client().peek(onHeap));
        }
    }

    @Test
    void nobodyListeningIsARefusal() throws IOException {
        InetSocketAddress nobody;
        try (UdpListener listener = family.listenUdp(Setups.LOOPBACK, ListenSetup.DEFAULT)) {
            nobody = listener.local();
        }
        try (UdpConnection client = family.connectUdp(nobody, Setups.UDP)) {
            client.send(Pair.direct("anybody?"));

            assertThatThrownBy(() -> client.receive(ByteBuffer.allocateDirect(10)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection refused")
                    .extracting(e -> ((SocketException) e).errno())
                    .isEqualTo(111);
        }
    }

    @Test
    void aDatagramThatIsTooLongHasTheSystemsReason() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            assertTooLong(pair.client(), 65_508);
        }
    }

    @Test
    void aDatagramThatMayNotBeFragmentedMustFitIntoOnePacket() throws IOException {
        assumeTrue(family.features().contains(SocketFamily.Feature.DONT_FRAGMENT));
        var setup = Setups.udp(
                SocketSettings.DEFAULT, new UdpSetup.Datagrams(60_000, new DatagramSettings(false, true, Offload.OFF)));
        var documentation = Setups.at("192.0.2.1", 9); // RFC 5737: unused

        try (UdpConnection client = connectIfThereIsARoute(documentation, setup)) {
            assertTooLong(client, 60_000); // no network has packets of this length, so nothing is sent
        }
    }

    private UdpConnection connectIfThereIsARoute(InetSocketAddress remote, UdpSetup setup) throws IOException {
        try {
            return family.connectUdp(remote, setup);
        } catch (SocketException e) {
            assumeTrue(!e.reason().equals("Network is unreachable"));
            throw e;
        }
    }

    private static void assertTooLong(UdpConnection connection, int bytes) {
        ByteBuffer datagram = ByteBuffer.allocateDirect(bytes);

        assertThatThrownBy(() -> connection.send(datagram))
                .isInstanceOf(SocketException.class)
                .hasMessage("Message too long")
                .extracting(e -> ((SocketException) e).errno())
                .isEqualTo(90);
        assertThat(datagram.position()).isZero();
    }

    @Test
    void theLongestDatagramArrivesWhole() throws IOException {
        var setup = Setups.udp(
                SocketSettings.DEFAULT,
                new UdpSetup.Datagrams(65_507, new DatagramSettings(false, false, Offload.OFF)));
        try (UdpPair pair = UdpPair.of(family, Setups.LOOPBACK, setup)) {
            ByteBuffer in = ByteBuffer.allocateDirect(65_507);

            assertThat(pair.client().send(ByteBuffer.allocateDirect(65_507))).isEqualTo(65_507);

            assertThat(pair.server().receive(in)).isEqualTo(65_507);
        }
    }

    @Test
    void shutdownWakesAThreadThatReceives() throws Exception {
        long half = Duration.ofMillis(WaitPolicy.MAX_SLICE_MILLIS / 2).toNanos();
        long nanos = Long.MAX_VALUE;
        for (int i = 0; i < 20 && nanos >= half; i++) { // again where the machine was busy with something else
            nanos = nanosUntilAwake();
        }

        assertThat(nanos).isLessThan(half);
    }

    /// Returns how long a thread still waits after a shutdown near the beginning of a slice.
    private long nanosUntilAwake() throws Exception {
        var slices = new AtomicInteger();
        try (UdpPair pair = UdpPair.of(family)) {
            ByteBuffer block = ByteBuffer.allocateDirect(10);
            var received = Pair.start(() -> {
                int n = pair.server().receive(block);
                while (n == 0) {
                    slices.incrementAndGet();
                    n = pair.server().receive(block);
                }
                return n;
            });
            while (slices.get() == 0) {
                Thread.onSpinWait();
            }
            ByteBuffer other = ByteBuffer.allocateDirect(10);
            for (int i = 0; i < 2000; i++) { // about a millisecond, until it waits again
                pair.client().receiveNow(other);
            }

            long start = System.nanoTime();
            pair.server().shutdown();
            pair.server().shutdown();
            assertThat(received.get()).isEqualTo(-1);
            return System.nanoTime() - start;
        }
    }

    @Test
    void afterShutdownOnlyWhatHasComeIsLeft() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            pair.client().send(Pair.direct("first"));
            pair.client().send(Pair.direct("second"));
            ByteBuffer block = ByteBuffer.allocateDirect(10);

            pair.server().shutdown();

            assertThat(pair.server().peek(block)).isEqualTo(5);
            assertThat(UdpPair.receive(pair.server())).isEqualTo("first");
            assertThat(pair.server().receiveNow(block.clear())).isEqualTo(6);
            assertThat(pair.server().receive(block.clear())).isEqualTo(-1);
            assertThat(pair.server().receiveNow(block)).isEqualTo(-1);
            assertThat(pair.server().peek(block)).isEqualTo(-1);
        }
    }

    @Test
    void afterShutdownNothingIsSent() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            pair.server().shutdown();

            assertThatThrownBy(() -> pair.server().send(Pair.direct("too late")))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Broken pipe");
        }
    }

    @Test
    void aThreadThatReceivesMayBeVirtual() throws Exception {
        try (UdpPair pair = UdpPair.of(family)) {
            ByteBuffer in = ByteBuffer.allocateDirect(5);
            Thread receiver = Thread.ofVirtual().start(() -> {
                try {
                    while (pair.server().receive(in) == 0) {}
                } catch (IOException _) { // checked by the buffer's position
                }
            });

            pair.client().send(Pair.direct("hello"));
            receiver.join();

            assertThat(Pair.text(in.flip())).isEqualTo("hello");
        }
    }

    @Test
    void aClosedConnectionRefusesAllUse() throws IOException {
        UdpPair pair = UdpPair.of(family);
        UdpConnection closed = pair.client();
        ByteBuffer block = ByteBuffer.allocateDirect(1);

        pair.close();
        pair.close();

        assertThatThrownBy(() -> closed.send(block)).hasMessage("Bad file descriptor");
        assertThatThrownBy(() -> closed.receive(block)).hasMessage("Bad file descriptor");
        assertThatThrownBy(closed::buffers).hasMessage("Bad file descriptor");
        closed.shutdown();
    }

    @Test
    void aSilentReceiverLosesNothingOfAShortBurst() throws IOException {
        try (UdpPair pair = UdpPair.of(family)) {
            ByteBuffer out = ByteBuffer.allocateDirect(1000);
            int sent = Math.min(200, pair.server().buffers().receiveBytes() / 4000); // kernel overhead
            for (int i = 0; i < sent; i++) {
                pair.client().send(out.putInt(0, i).clear());
            }

            ByteBuffer in = ByteBuffer.allocateDirect(1000);
            for (int i = 0; i < sent; i++) {
                assertThat(pair.server().receive(in.clear())).isEqualTo(1000);
                assertThat(in.getInt(0)).isEqualTo(i);
            }
        }
    }
}
