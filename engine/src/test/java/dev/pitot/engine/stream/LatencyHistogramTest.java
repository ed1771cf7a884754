package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    private RoundTripStatistics statistics() {
        return Objects.requireNonNull(histogram.statistics(LatencyMethod.WRITE_ACKNOWLEDGED));
    }

    private void recordMicros(int from, int to) {
        for (int i = from; i <= to; i++) {
            histogram.record(i * 1000L);
        }
    }

    @Test
    void percentilesNeedEnoughSamples() {
        recordMicros(1, 4);
        assertThat(statistics().percentiles().p50()).isNull();
        recordMicros(5, 199);
        assertThat(statistics().percentiles().p50()).isNotNull();
        assertThat(statistics().percentiles().p95()).isNull();
        recordMicros(200, 999);
        assertThat(statistics().percentiles().p95()).isNotNull();
        assertThat(statistics().percentiles().p99()).isNull();
        recordMicros(1000, 1000);

        assertThat(statistics().samples()).isEqualTo(1000);
        assertThat(statistics().percentiles().p50()).isCloseTo(500, withinPercentage(1));
        assertThat(statistics().percentiles().p95()).isCloseTo(950, withinPercentage(1));
        assertThat(statistics().percentiles().p99()).isCloseTo(990, withinPercentage(1));
        assertThat(statistics().minMicros()).isEqualTo(1);
        assertThat(statistics().maxMicros()).isEqualTo(1000);
    }

    @Test
    void severalStreamsAreOne() {
        recordMicros(11, 20);
        var other = new LatencyHistogram();
        other.record(5_000);
        other.record(LatencyHistogram.MAX_NANOS);

        histogram.add(other);

        assertThat(statistics().samples()).isEqualTo(12);
        assertThat(statistics().minMicros()).isEqualTo(5);
        assertThat(statistics().maxMicros()).isEqualTo(60e6);
        assertThat(other.statistics(LatencyMethod.LOCAL_QUEUE)).isNotNull();
    }

    @Test
    void nothingRecordedIsNoStatistics() {
        recordMicros(1, 10);
        histogram.reset();
        histogram.add(new LatencyHistogram());

        assertThat(histogram.statistics(LatencyMethod.WRITE_ACKNOWLEDGED)).isNull();
    }
}
