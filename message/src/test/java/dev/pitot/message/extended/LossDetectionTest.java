package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.Metrics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LossDetectionTest {
    private static final ByteBuffer MESSAGE = ByteBuffer.allocate(64);

    /// A pair that knows its round-trip time of 40 ms.
    private static Pair pair() {
        Pair pair = new Pair(PathConditions.losing(0, 20_000_000), 1).connect();
        for (int i = 0; i < 20; i++) {
            send(pair);
            pair.run(50);
        }
        pair.serverSaw.messages.clear();
        return pair;
    }

    private static void send(Pair pair) {
        assertThat(pair.client.send(MESSAGE, Channel.RELIABLE, pair.now)).isTrue();
    }

    /// Sends a message whose packet is lost.
    ///
    /// @return when
    private static long sendLost(Pair pair) {
        pair.up.down(true);
        send(pair);
        pair.flush();
        pair.up.down(false);
        return pair.now;
    }

    @Test
    void acknowledgementsRideWithReplies() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
        pair.run(10);
        pair.serverSaw.onMessage = (payload, channel) -> pair.server().send(payload, channel, pair.now);
        long sent = pair.client.metrics().sent().packets();
        long received = pair.client.metrics().received().packets();

        for (int i = 1; i <= 100; i++) {
            send(pair);
            int expected = i;
            pair.runUntil(() -> pair.clientSaw.messages.size() == expected, 2);
        }

        assertThat(pair.client.metrics().sent().packets() - sent).isEqualTo(100);
        assertThat(pair.client.metrics().received().packets() - received).isEqualTo(100);
    }

    @Test
    void asManyMessagesAsFitShareAPacket() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
        pair.run(10);
        long sent = pair.client.metrics().sent().packets();

        for (int i = 0; i < 190; i++) {
            send(pair);
        }
        pair.flush();

        assertThat(pair.client.metrics().sent().packets() - sent).isEqualTo(10);
    }

    @Test
    void theLastMessageIsSentAgainAfterTheProbeTimeout() {
        Pair pair = pair();

        long sentAt = sendLost(pair);
        pair.runUntil(() -> !pair.serverSaw.messages.isEmpty(), 200);

        // 45 ms round trip with the delay of acknowledgements, its variation, 5 ms, and 20 ms
        // on the way
        assertThat(pair.now - sentAt).isBetween(60_000_000L, 100_000_000L);
        assertThat(pair.client.metrics().errors().resent()).isEqualTo(1);
    }

    @Test
    void aMessageIsSentAgainWhenThreeLaterPacketsCame() {
        Pair pair = pair();

        long sentAt = sendLost(pair);
        for (int i = 0; i < 3; i++) {
            pair.run(1);
            send(pair);
        }
        pair.runUntil(() -> pair.serverSaw.messages.size() == 4, 200);

        assertThat(pair.now - sentAt).isEqualTo(63_000_000); // 3 ms, a round trip, one way
        assertThat(pair.client.metrics().errors().lost()).isEqualTo(1);
    }

    @Test
    void aPathThatWasDownForLongLeavesTwoPacketsOfWindowAndNothingLost() {
        Pair pair = pair();

        pair.up.down(true);
        for (int i = 0; i < 100; i++) {
            send(pair);
            pair.run(30);
        }
        pair.up.down(false);
        pair.runUntil(() -> pair.client.metrics().errors().lost() > 0, 3_000);
        long window = pair.client.lossDetection().congestion().window();
        pair.runUntil(() -> pair.serverSaw.messages.size() == 100, 3_000);

        assertThat(window).isLessThanOrEqualTo(3 * 1400);
        pair.run(100);
        assertThat(pair.serverSaw.messages).hasSize(100);
        assertThat(pair.client.metrics().waiting().pendingAcks()).isZero();
    }

    @Test
    void metricsTellOfBothDirections() {
        Pair pair = pair();

        assertThat(pair.client.metrics().sent().messages()).isEqualTo(20);
        assertThat(pair.server().metrics().received().messages()).isEqualTo(20);
        assertThat(pair.server().metrics().received().bytes())
                .isEqualTo(pair.client.metrics().sent().bytes() - 1400);
        Metrics.Latency roundTrip = Objects.requireNonNull(pair.client.metrics().latency());
        assertThat(roundTrip.min()).isBetween(Duration.ofMillis(40), Duration.ofMillis(45));
    }
}
