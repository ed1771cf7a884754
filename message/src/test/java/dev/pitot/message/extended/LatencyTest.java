package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long messages take in bad weather, in virtual time.
class LatencyTest {
    private static final int MESSAGES = 1000;
    private static final long EVERY_NANOS = 5_000_000;

    /// ENet takes 106 ms on unordered channels.
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
    void a99thOf100MessagesTakes65MillisecondsAtMostWhere5PercentAreLost(long seed) {
        Pair pair = new Pair(PathConditions.losing(0.05, 20_000_000), seed).connect();
        pair.run(500);
        long[] latencies = new long[MESSAGES];
        int[] count = new int[1];
        pair.serverSaw.onMessage =
                (payload, _) -> latencies[count[0]++] = pair.now - payload.getLong(payload.position());

        for (int i = 0; i < MESSAGES; i++) {
            ByteBuffer payload = ByteBuffer.allocate(64).putLong(0, pair.now);
            assertThat(pair.client.send(payload, Channel.RELIABLE, pair.now)).isTrue();
            pair.runTo(pair.now + EVERY_NANOS);
        }
        pair.runUntil(() -> count[0] == MESSAGES, 10_000);

        Arrays.sort(latencies);
        String percentiles = "p50 %.1f p95 %.1f p99 %.1f max %.1f ms"
                .formatted(latencies[500] / 1e6, latencies[950] / 1e6, latencies[990] / 1e6, latencies[999] / 1e6);
        assertThat(latencies[500]).as(percentiles).isEqualTo(20_000_000);
        assertThat(latencies[990]).as(percentiles).isLessThan(65_010_000);
    }
}
