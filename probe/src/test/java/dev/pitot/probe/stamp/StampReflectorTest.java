package dev.pitot.probe.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.testkit.Awaiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
@Tag("slow")
class StampReflectorTest {
    private static final StampKey KEY = StampKey.of("a key of 16 bytes or more".getBytes(StandardCharsets.US_ASCII));
    private static final int WAIT_MILLIS = 30_000;

    /// A reflector with a thread, and a socket that talks to it.
    private static final class Pair implements AutoCloseable {
        private final StampReflector reflector;
        private final DatagramSocket socket;
        private final Thread thread;

        Pair(ReflectorPlan plan) throws IOException {
            reflector = new StampReflector(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), plan);
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(WAIT_MILLIS);
            thread = Thread.ofPlatform().daemon().start(() -> {
                try {
                    reflector.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        void send(byte[] bytes) throws IOException {
            socket.send(new DatagramPacket(bytes, bytes.length, reflector.localAddress()));
        }

        byte[] receive() throws IOException {
            var packet = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }

        byte[] exchange(byte[] bytes) throws IOException {
            send(bytes);
            return receive();
        }

        /// Waits until so many datagrams have come, and what becomes of them is decided.
        StampReflector.Counts awaitReceived(long count) {
            Awaiter.await(() -> decided(reflector.counts()) == count);
            return reflector.counts();
        }

        private static long decided(StampReflector.Counts counts) {
            return counts.answered() + counts.invalid() + counts.looped() + counts.limited();
        }

        boolean isSilent() throws IOException {
            socket.setSoTimeout(100);
            try {
                receive();
                return false;
            } catch (SocketTimeoutException _) {
                return true;
            }
        }

        @Override
        public void close() {
            reflector.close();
            Awaiter.await(() -> !thread.isAlive());
            socket.close();
        }
    }

    @ParameterizedTest
    @EnumSource(StampLayout.class)
    void answersWithItsOwnCountAndTimes(StampLayout layout) throws Exception {
        StampKey key = layout == StampLayout.OPEN ? null : KEY;
        try (var pair = new Pair(plan(true, 2_000, key))) {
            for (int i = 0; i < 5; i++) {
                ByteBuffer answer = ByteBuffer.wrap(pair.exchange(request(layout, 10 + 2 * i, key)));

                StampAnswer fields = StampAnswer.read(answer, layout);
                long now = StampClock.nanos(Instant.now());
                long received = StampTimeFormat.NTP.decode(fields.received(), now);
                long left = StampTimeFormat.NTP.decode(fields.timestamp(), now);
                assertThat(answer.capacity()).isEqualTo(layout.bytes());
                assertThat(key == null || key.verifies(answer)).isTrue();
                assertThat(fields.sequence()).isEqualTo(i);
                assertThat(fields.request()).isEqualTo(new StampRequest(10 + 2 * i, 77 + i, 0x0587, 9));
                assertThat(fields.ttl()).isEqualTo(255);
                assertThat(ErrorEstimate.decode(fields.error()).isSynchronized())
                        .isFalse();
                assertThat(left).isBetween(received, now + 1_000_000);
            }
        }
    }

    @Test
    void repeatsTheNumbersIfItKeepsNoCount() throws Exception {
        try (var pair = new Pair(plan(false, 2_000, null))) {
            ByteBuffer answer = ByteBuffer.wrap(pair.exchange(request(StampLayout.OPEN, 1234, null)));

            assertThat(answer.getInt(0)).isEqualTo(1234);
        }
    }

    @Test
    void neverSendsMoreThanItGets() throws Exception {
        try (var pair = new Pair(plan(true, 100_000, null))) {
            for (int length = 0; length < 41; length++) {
                pair.send(new byte[length]);
            }
            assertThat(pair.awaitReceived(41).invalid()).isEqualTo(41);
            assertThat(pair.isSilent()).isTrue();
            pair.socket.setSoTimeout(WAIT_MILLIS);
            for (int length = 41; length < 300; length++) {
                byte[] request = Arrays.copyOf(request(StampLayout.OPEN, length, null), length);
                Arrays.fill(request, Math.min(length, 44), length, (byte) 7); // padding, which comes back

                byte[] answer = pair.exchange(request);

                assertThat(answer).hasSize(length);
                assertThat(Arrays.copyOfRange(answer, Math.min(length, 44), length))
                        .isEqualTo(Arrays.copyOfRange(request, Math.min(length, 44), length));
            }
            assertThat(pair.exchange(Arrays.copyOf(request(StampLayout.OPEN, 1, null), 9_000)))
                    .hasSizeLessThan(9_000);
        }
    }

    @Test
    void answersNoPacketWithoutTheKey() throws Exception {
        try (var pair = new Pair(plan(true, 2_000, KEY))) {
            byte[] forged = request(StampLayout.AUTHENTICATED, 1, KEY);
            forged[20] ^= 1;
            pair.send(forged);
            pair.send(request(StampLayout.OPEN, 1, null));
            pair.send(request(StampLayout.AUTHENTICATED, 1, StampKey.of(new byte[32])));

            assertThat(pair.awaitReceived(3).invalid()).isEqualTo(3);
            assertThat(pair.isSilent()).isTrue();
        }
    }

    @Test
    void answersNoAnswer() throws Exception {
        try (var pair = new Pair(plan(true, 2_000, null))) {
            byte[] answer = pair.exchange(request(StampLayout.OPEN, 1, null));
            var other = ByteBuffer.allocate(44); // what another reflector would make of it
            StampRequest repeated = StampRequest.read(ByteBuffer.wrap(answer), StampLayout.OPEN);
            new StampAnswer(0, 1, 0, 1, repeated, 255).write(other, StampLayout.OPEN);
            pair.send(other.array());

            assertThat(pair.awaitReceived(2).looped()).isEqualTo(1);
            assertThat(pair.isSilent()).isTrue();
        }
    }

    @Test
    void answersNoReflectorOfItsPort() throws Exception {
        try (var pair = new Pair(plan(true, 2_000, null));
                var same = new DatagramSocket(
                        pair.reflector.localAddress().getPort(), InetAddress.ofLiteral("127.0.0.2"))) {
            byte[] request = request(StampLayout.OPEN, 1, null);
            same.send(new DatagramPacket(request, request.length, pair.reflector.localAddress()));

            assertThat(pair.awaitReceived(1).looped()).isEqualTo(1);
        }
    }

    @Test
    void keepsToItsRate() throws Exception {
        try (var pair = new Pair(plan(true, 1, null))) { // one a second, and one at once
            for (int i = 0; i < 100; i++) {
                pair.send(request(StampLayout.OPEN, i, null));
            }

            StampReflector.Counts counts = pair.awaitReceived(100);
            assertThat(counts.answered() + counts.limited()).isEqualTo(100);
            assertThat(counts.answered()).isBetween(1L, 50L); // 50 s would have to pass for more
        }
    }

    @Test
    void survivesEveryDatagram() throws Exception {
        var random = new SplittableRandom(8);
        try (var pair = new Pair(plan(true, 1_000_000, null))) {
            for (int i = 0; i < 2_000; i++) {
                byte[] noise = new byte[random.nextInt(1_500)];
                random.nextBytes(noise);
                pair.send(noise);
                if (i % 20 == 0) { // so that none is lost in the socket's buffer
                    pair.awaitReceived(i + 1L);
                }
            }
            StampReflector.Counts counts = pair.awaitReceived(2_000);
            assertThat(counts.answered() + counts.invalid() + counts.looped() + counts.limited())
                    .isEqualTo(2_000);
        }
        try (var pair = new Pair(plan(true, 1_000_000, null))) { // another one: the first has answered much
            assertThat(pair.exchange(request(StampLayout.OPEN, 1, null))).hasSize(44);
        }
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (var pair = new Pair(ReflectorPlan.DEFAULT)) {
            assertThatThrownBy(() -> new StampReflector(pair.reflector.localAddress(), ReflectorPlan.DEFAULT))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot listen on UDP port ")
                    .hasMessageEndingWith(": give another address or port");
        }
    }

    @Test
    void senderAndReflectorAgreeInBothModesAndFormats() throws Exception {
        for (StampKey key : new @Nullable StampKey[] {null, KEY}) {
            for (StampTimeFormat format : StampTimeFormat.values()) {
                var options = new StampOptions(format, key, Duration.ofMillis(3));
                try (var pair = new Pair(new ReflectorPlan(true, 2_000, 20_000, options))) {
                    var plan = new StampPlan(20, Duration.ofMillis(1), Duration.ofSeconds(5), 46, options);
                    StampResult result = new StampSender(pair.reflector.localAddress(), plan).run();

                    assertThat(result.counts()).isEqualTo(new StampResult.Counts(20, 20, 0, 0, 0));
                    assertThat(result.clocks().reflector()).isEqualTo(ErrorEstimate.of(true, format, 3_000_000));
                }
            }
        }
    }

    private static ReflectorPlan plan(boolean keepsCount, int perSource, @Nullable StampKey key) {
        return new ReflectorPlan(keepsCount, perSource, 1_000_000, new StampOptions(StampTimeFormat.NTP, key, null));
    }

    private static byte[] request(StampLayout layout, int sequence, @Nullable StampKey key) {
        ByteBuffer packet = ByteBuffer.allocate(layout.bytes());
        new StampRequest(sequence, 77 + (sequence - 10) / 2, 0x0587, 9).write(packet, layout);
        if (key != null) {
            key.sign(packet);
        }
        return packet.array();
    }
}
