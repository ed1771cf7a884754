package dev.pitot.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RoundTripCollectorTest {
    private final RoundTripCollector collector = new RoundTripCollector(LatencyMethod.WRITE_ACKNOWLEDGED);

    @Test
    void nothingHasNoStatistics() {
        collector.add(0);
        collector.add(-5);

        assertThat(collector.statistics()).isNull();
    }

    @Test
    void percentilesAreThoseOfTheValues() {
        for (int i = 1; i <= 1000; i++) {
            collector.add(TimeUnit.MICROSECONDS.toNanos(i * 100L));
        }

        RoundTripStatistics statistics = Objects.requireNonNull(collector.statistics());

        assertThat(statistics.samples()).isEqualTo(1000);
        assertThat(statistics.minMicros()).isEqualTo(100);
        assertThat(statistics.maxMicros()).isEqualTo(100_000);
        assertThat(statistics.meanMicros()).isEqualTo(50_050, within(1e-6));
        assertThat(statistics.percentiles().p50()).isCloseTo(50_000, Percentage.withPercentage(0.1));
        assertThat(statistics.percentiles().p95()).isCloseTo(95_000, Percentage.withPercentage(0.1));
        assertThat(statistics.percentiles().p99()).isCloseTo(99_000, Percentage.withPercentage(0.1));
    }

    @Test
    void oneValueIsItsOwnMedianExactly() {
        for (int i = 0; i < 5; i++) {
            collector.add(1_234_567);
        }

        assertThat(Objects.requireNonNull(collector.statistics()).percentiles().p50())
                .isEqualTo(1_234.567);
    }

    @Test
    void aValueBeyondAllBoundsTakesNoMemory() {
        collector.add(Long.MAX_VALUE);

        assertThat(Objects.requireNonNull(collector.statistics()).maxMicros()).isEqualTo(120e6);
    }
}
