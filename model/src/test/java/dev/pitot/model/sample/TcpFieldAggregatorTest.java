package dev.pitot.model.sample;

import static dev.pitot.model.sample.Samples.millis;
import static dev.pitot.model.sample.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TcpFieldAggregatorTest {
    private final TcpFieldAggregator aggregator = new TcpFieldAggregator();
    private final Sampler sampler = new Sampler();

    private void addBoth() {
        aggregator.add(TcpReadings.of(Map.of(
                TcpField.BYTES_SENT, 100L,
                TcpField.NOTSENT_BYTES, 10L,
                TcpField.RTT, 30L,
                TcpField.MIN_RTT, 7L,
                TcpField.OPTIONS, 7L,
                TcpField.STATE, 1L)));
        aggregator.add(TcpReadings.of(Map.of(
                TcpField.BYTES_SENT, 50L,
                TcpField.NOTSENT_BYTES, 20L,
                TcpField.RTT, 60L,
                TcpField.MIN_RTT, 9L,
                TcpField.OPTIONS, 15L,
                TcpField.STATE, 1L)));
        aggregator.add(TcpReadings.of(Map.of(TcpField.RTT, 90L)));
        aggregator.add(null);
    }

    @Test
    void nothingIsNothing() {
        aggregator.add(null);

        assertThat(aggregator.overStreams()).isNull();
        assertThat(aggregator.overTime()).isNull();
    }

    @Test
    void streamsAreCombinedByTheKindOfEachField() {
        addBoth();

        assertThat(aggregator.overStreams())
                .isEqualTo(TcpReadings.of(Map.of(
                        TcpField.BYTES_SENT, 150L,
                        TcpField.NOTSENT_BYTES, 30L,
                        TcpField.RTT, 60L,
                        TcpField.MIN_RTT, 7L,
                        TcpField.STATE, 1L)));
    }

    @Test
    void overTimeOnlyCountersAddUp() {
        addBoth();

        assertThat(aggregator.overTime())
                .isEqualTo(TcpReadings.of(Map.of(
                        TcpField.BYTES_SENT, 150L,
                        TcpField.NOTSENT_BYTES, 15L,
                        TcpField.RTT, 60L,
                        TcpField.MIN_RTT, 7L,
                        TcpField.STATE, 1L)));
    }

    @Test
    void samplesOfReceiversHaveThemToo() {
        Sample first = sample(Map.of(TcpField.RCV_OOOPACK, 5L, TcpField.RCV_RTT, 400L));
        Sample second = sample(Map.of(TcpField.RCV_OOOPACK, 12L, TcpField.RCV_RTT, 300L));

        assertThat(first.total().kernel())
                .isEqualTo(TcpReadings.of(Map.of(TcpField.RCV_OOOPACK, 5L, TcpField.RCV_RTT, 400L)));
        assertThat(second.total().kernel())
                .isEqualTo(TcpReadings.of(Map.of(TcpField.RCV_OOOPACK, 7L, TcpField.RCV_RTT, 300L)));
        assertThat(second.streams().getFirst().metrics().kernel())
                .isEqualTo(second.total().kernel());
        assertThat(second.total().tcp()).isNull();
    }

    @Test
    void anIntervalWithoutAReadingLosesNothing() {
        sample(Map.of(TcpField.BYTES_RECEIVED, 10L));
        Sample without = sample(null);
        Sample third = sample(Map.of(TcpField.BYTES_RECEIVED, 25L));

        assertThat(without.total().kernel()).isNull();
        assertThat(Objects.requireNonNull(third.total().kernel()).get(TcpField.BYTES_RECEIVED))
                .hasValue(15);
    }

    private Sample sample(@Nullable Map<TcpField, Long> kernel) {
        KernelValues<TcpField> values = kernel == null ? null : TcpReadings.of(kernel);
        var span = millis(0, 1_000);
        var part = new Interval.OfStream(stream(1, StreamRole.RECEIVER), span, 1, null, null, values);
        var sum = new Interval.Sum(StreamRole.RECEIVER, span, 1, null, null);
        return sampler.on(new TestEvent.IntervalDone(new Interval(List.of(part), List.of(sum), false)))
                .getFirst();
    }
}
