package dev.pitot.model.metric;

import static dev.pitot.model.sample.Samples.millis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.model.sample.IntervalMetrics;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CounterDeltasTest {
    private static final Sample.Context UDP = new Sample.Context(TestRole.SERVER, StreamRole.RECEIVER, Protocol.UDP);

    private final CounterDeltas deltas = new CounterDeltas();

    private static Map<CounterKind, Long> counts(List<CounterDeltas.Amount> amounts) {
        return amounts.stream().collect(Collectors.toMap(CounterDeltas.Amount::kind, CounterDeltas.Amount::count));
    }

    private static Summary summary(StreamRole role, @Nullable Total sent, @Nullable Total received) {
        var direction = new Summary.OfDirection(role, sent, received);
        return new Summary(
                List.of(), List.of(direction), new CpuUsage(1, 2, 3), null, new Summary.Congestion(null, null), null);
    }

    @Test
    void anIntervalAddsWhatItMovedAndWarmUpNothing() {
        assertThat(deltas.on(Samples.omitted(0, 1_000, 700))).isEmpty();
        assertThat(deltas.on(Samples.sample(0, 1_000, 500)))
                .containsExactly(new CounterDeltas.Amount(Samples.SENDING, CounterKind.BYTES, 500));
    }

    @Test
    void theEndAddsWhatTheReportHasMoreOf() {
        deltas.on(Samples.sample(0, 1_000, 500));

        var sent = new Total(1_200, 1, 7L);
        List<CounterDeltas.Amount> rest = deltas.atEnd(
                TestRole.CLIENT, Protocol.TCP, summary(StreamRole.SENDER, sent, new Total(9_999, 1, null)));

        assertThat(rest)
                .containsExactly(
                        new CounterDeltas.Amount(Samples.SENDING, CounterKind.BYTES, 700),
                        new CounterDeltas.Amount(Samples.SENDING, CounterKind.RETRANSMITS, 7));
    }

    @Test
    void nothingEverShrinks() {
        deltas.on(Samples.sample(0, 1_000, 500));

        assertThat(deltas.atEnd(
                        TestRole.CLIENT, Protocol.TCP, summary(StreamRole.SENDER, new Total(400, 1, null), null)))
                .containsExactly(new CounterDeltas.Amount(Samples.SENDING, CounterKind.BYTES, 0));
        assertThat(deltas.atEnd(TestRole.CLIENT, Protocol.TCP, summary(StreamRole.SENDER, null, null)))
                .isEmpty();
    }

    @Test
    void aReceiverOfDatagramsAddsWhatBecameOfThem() {
        IntervalMetrics metrics = Samples.udp(millis(0, 1_000), 10, new Datagrams.Reception(4L, 2, 1, 0.5));

        assertThat(counts(deltas.on(Samples.sample(UDP, metrics, 1, false))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        CounterKind.BYTES, 1_000L,
                        CounterKind.RECEIVED, 6L,
                        CounterKind.LOST, 4L,
                        CounterKind.REORDERED, 2L,
                        CounterKind.DUPLICATE, 1L));

        var received = new Total(1_000, 1, null, new Datagrams(12, new Datagrams.Reception(5L, 2, 1, 0.5)));
        assertThat(counts(deltas.atEnd(TestRole.SERVER, Protocol.UDP, summary(StreamRole.RECEIVER, null, received))))
                .containsEntry(CounterKind.RECEIVED, 1L)
                .containsEntry(CounterKind.LOST, 1L)
                .containsEntry(CounterKind.BYTES, 0L);
    }

    @Test
    void lossThatNobodyKnowsIsNotCounted() {
        IntervalMetrics metrics = Samples.udp(millis(0, 1_000), 10, new Datagrams.Reception(null, 0, 0, 0));

        assertThat(counts(deltas.on(Samples.sample(UDP, metrics, 1, false))))
                .containsOnlyKeys(CounterKind.BYTES, CounterKind.REORDERED, CounterKind.DUPLICATE);
    }
}
