package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sending after a path was down: RFC 9002, 6.2.1, 7.6 and B.8.
class RecoveryTest {
    private static final int PACKET = 1400;

    private static Pair pair() {
        return pair(Duration.ofSeconds(10), 20_000_000);
    }

    private static Pair pair(Duration timeout, long delayNanos) {
        PathConditions path = PathConditions.losing(0, delayNanos);
        Pair pair = new Pair(path, path, 1, new ExtendedSettings(timeout, 1 << 20, 4 << 20, 1400, false)).connect();
        for (int i = 0; i < 20; i++) {
            send(pair);
            pair.run(50);
        }
        pair.run(2_000);
        return pair;
    }

    private static void send(Pair pair) {
        assertThat(pair.client.send(ByteBuffer.allocate(64), Channel.RELIABLE, pair.now))
                .isTrue();
    }

    /// One outage halves the window once, for the threshold, and persistent congestion then leaves two packets.
    @Test
    void anOutageLeavesTwoPacketsAndHalfTheWindowAsThreshold() {
        Pair pair = pair();
        Congestion congestion = pair.client.lossDetection().congestion();
        long before = congestion.window();

        pair.up.down(true);
        for (int i = 0; i < 60; i++) {
            send(pair);
            pair.run(30);
        }
        pair.up.down(false);
        pair.runUntil(() -> pair.client.metrics().errors().lost() > 0, 5_000);

        assertThat(congestion.window()).isEqualTo(2 * PACKET);
        assertThat(congestion.threshold()).isEqualTo(before / 2);
        pair.runUntil(() -> pair.serverSaw.messages.size() == 80, 5_000);
        assertThat(congestion.threshold()).isEqualTo(before / 2);
    }

    /// Acknowledgements that this end sends in between are no sign that the path carries anything.
    @Test
    void packetsThatWantNoAcknowledgementDoNotHidePersistentCongestion() {
        Pair pair = pair();

        pair.up.down(true);
        for (int i = 0; i < 60; i++) {
            send(pair);
            pair.server().send(ByteBuffer.allocate(64), Channel.UNRELIABLE, pair.now);
            pair.run(30);
        }
        pair.up.down(false);
        pair.runUntil(() -> pair.client.metrics().errors().lost() > 0, 5_000);

        assertThat(pair.client.lossDetection().congestion().window()).isEqualTo(2 * PACKET);
    }

    @ParameterizedTest
    @CsvSource({"60, 20, 6", "10, 300, 3"})
    void probesAreSentAtTimeoutsThatDouble(int timeoutSeconds, int delayMillis, int probes) {
        Pair pair = pair(Duration.ofSeconds(timeoutSeconds), delayMillis * 1_000_000L);
        long[] sent = new long[1];
        List<Long> probesAt = new ArrayList<>();

        pair.up.down(true);
        pair.down.down(true); // nor a PING of the server, which would be answered
        send(pair);
        pair.flush();
        long began = pair.now;
        sent[0] = pair.client.metrics().sent().packets();
        while (probesAt.size() < probes) {
            pair.run(1);
            long now = pair.client.metrics().sent().packets();
            if (now > sent[0]) {
                probesAt.add((pair.now - began) / 1_000_000);
            }
            sent[0] = now;
        }

        assertThat(probesAt.getFirst()).isBetween(2L * delayMillis, 4L * delayMillis);
        for (int i = 1; i < probes; i++) {
            long gap = probesAt.get(i) - probesAt.get(i - 1);
            assertThat(gap).isBetween((probesAt.get(0) - 1) << i, (probesAt.get(0) + 1) << i);
        }
    }

    @Test
    void anOutageThatIsShorterThanTheTimeoutDoesNotEndTheConnection() {
        for (int seconds = 1; seconds < 7; seconds++) {
            Pair pair = pair();
            pair.up.down(true);
            pair.down.down(true);
            send(pair);
            pair.run(seconds * 1_000L);
            pair.up.down(false);
            pair.down.down(false);

            pair.runUntil(() -> pair.serverSaw.messages.size() == 21, 1_500);
            pair.run(100);

            pair.assertAlive();
        }
    }
}
