package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Metrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CongestionTest {
    private static final int PACKET = 1400;
    private static final long MILLISECOND = 1_000_000;

    private final LossTimeouts roundTrip = new LossTimeouts();
    private final Congestion congestion = new Congestion(roundTrip, PACKET);

    @Test
    void beginsWithTenPacketsAndDoublesEachRoundTrip() {
        assertThat(congestion.window()).isEqualTo(10 * PACKET);

        for (int i = 0; i < 10; i++) {
            congestion.onSent(PACKET);
        }
        assertThat(congestion.room()).isZero();
        for (int i = 0; i < 10; i++) {
            congestion.onAcknowledged(PACKET, 0, 10 * PACKET);
        }

        assertThat(congestion.window()).isEqualTo(20 * PACKET);
        assertThat(congestion.inFlight()).isZero();
    }

    @Test
    void lossesOfOneRoundTripHalveOnce() {
        congestion.onSent(3 * PACKET);
        congestion.onLost(PACKET, 1, 100);
        congestion.onLost(PACKET, 99, 100);
        assertThat(congestion.window()).isEqualTo(5 * PACKET);

        congestion.onLost(PACKET, 101, 200);
        assertThat(congestion.window()).isEqualTo(5 * PACKET / 2);
        congestion.onLost(PACKET, 201, 300);
        assertThat(congestion.window()).isEqualTo(2 * PACKET);
    }

    @Test
    void afterALossItGrowsByAPacketEachRoundTrip() {
        congestion.onLost(0, 1, 100);
        for (int i = 0; i < 5; i++) {
            congestion.onAcknowledged(PACKET, 101, 5 * PACKET);
        }

        assertThat(congestion.window()).isBetween(59L * PACKET / 10, 6L * PACKET);
    }

    @Test
    void aWindowThatIsNotUsedDoesNotGrow() {
        congestion.onAcknowledged(PACKET, 1, 2 * PACKET);

        assertThat(congestion.window()).isEqualTo(10 * PACKET);
    }

    @Test
    void persistentCongestionLeavesTwoPackets() {
        congestion.onPersistent();

        assertThat(congestion.window()).isEqualTo(2 * PACKET);
    }

    @Test
    void theFirstTenPacketsLeaveAtOnceAndOthersAtFiveFourthsOfTheWindowARoundTrip() {
        roundTrip.onSample(100 * MILLISECOND, 0);
        for (int i = 0; i < 10; i++) {
            assertThat(congestion.untilPaced(0)).isZero();
            congestion.onSent(PACKET);
        }

        assertThat(congestion.untilPaced(0)).isBetween(8 * MILLISECOND, 8 * MILLISECOND + 1);
        assertThat(congestion.untilPaced(8 * MILLISECOND + 1)).isZero();
    }

    @Test
    void aHighPaceNeverAsksForATimerFinerThanAMillisecond() {
        roundTrip.onSample(20_000, 0); // ten packets in 20 us: 875 MB/s
        congestion.onSent(10 * PACKET);

        assertThat(congestion.untilPaced(0)).isEqualTo(MILLISECOND);
        int packets = 0;
        while (congestion.untilPaced(MILLISECOND) == 0) {
            congestion.onSent(PACKET);
            packets++;
        }
        assertThat(packets).isEqualTo(256);
    }

    @Test
    void roundTripTimesAreSmoothedAsRfc6298Says() {
        assertThat(roundTrip.metrics()).isNull();
        assertThat(roundTrip.probeTimeout()).isEqualTo(333_000_000 + 4 * 166_500_000 + 5_000_000);

        roundTrip.onSample(100_000_000, 3_000_000);
        assertThat(roundTrip.metrics()).isEqualTo(latency(100_000_000, 50_000_000, 100_000_000));
        roundTrip.onSample(120_000_000, 4_000_000);
        assertThat(roundTrip.metrics()).isEqualTo(latency(102_000_000, 41_500_000, 100_000_000));
        assertThat(roundTrip.lossDelay()).isEqualTo(135_000_000);
        roundTrip.onSample(120_000_000, 900_000_000); // a delay of 5 ms at most is believed
        assertThat(roundTrip.smoothed()).isEqualTo((7 * 102_000_000L + 115_000_000) / 8);
    }

    private static Metrics.Latency latency(long smoothed, long variation, long min) {
        return new Metrics.Latency(Duration.ofNanos(smoothed), Duration.ofNanos(variation), Duration.ofNanos(min));
    }
}
