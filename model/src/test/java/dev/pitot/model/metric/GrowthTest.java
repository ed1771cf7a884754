package dev.pitot.model.metric;

import static dev.pitot.model.sample.Samples.millis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.result.Cpu;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.model.sample.Figures;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final Sample.Context UDP = new Sample.Context(TestRole.SERVER, StreamRole.RECEIVER, Protocol.UDP);

    private final Growth growth = new Growth();

    private static Map<Quantity, Long> counts(List<Growth.Amount> amounts) {
        return amounts.stream().collect(Collectors.toMap(Growth.Amount::quantity, Growth.Amount::count));
    }

    private static Summary summary(StreamRole role, @Nullable Total sent, @Nullable Total received) {
        var direction = new Summary.OfDirection(role, sent, received);
        return new Summary(List.of(), List.of(direction), new Cpu(1, 2, 3), null, new Summary.Congestion(null, null));
    }

    @Test
    void anIntervalAddsWhatItMovedAndWarmUpNothing() {
        assertThat(growth.on(Samples.omitted(0, 1_000, 700))).isEmpty();
        assertThat(growth.on(Samples.sample(0, 1_000, 500)))
                .containsExactly(new Growth.Amount(Samples.SENDING, Quantity.BYTES, 500));
    }

    @Test
    void theEndAddsWhatTheReportHasMoreOf() {
        growth.on(Samples.sample(0, 1_000, 500));

        var sent = new Total(1_200, 1, 7L);
        List<Growth.Amount> rest = growth.atEnd(
                TestRole.CLIENT, Protocol.TCP, summary(StreamRole.SENDER, sent, new Total(9_999, 1, null)));

        assertThat(rest)
                .containsExactly(
                        new Growth.Amount(Samples.SENDING, Quantity.BYTES, 700),
                        new Growth.Amount(Samples.SENDING, Quantity.RETRANSMITS, 7));
    }

    @Test
    void nothingEverShrinks() {
        growth.on(Samples.sample(0, 1_000, 500));

        assertThat(growth.atEnd(
                        TestRole.CLIENT, Protocol.TCP, summary(StreamRole.SENDER, new Total(400, 1, null), null)))
                .containsExactly(new Growth.Amount(Samples.SENDING, Quantity.BYTES, 0));
        assertThat(growth.atEnd(TestRole.CLIENT, Protocol.TCP, summary(StreamRole.SENDER, null, null)))
                .isEmpty();
    }

    @Test
    void aReceiverOfDatagramsAddsWhatBecameOfThem() {
        Figures figures = Samples.udp(millis(0, 1_000), 10, new Datagrams.Reception(4L, 2, 1, 0.5));

        assertThat(counts(growth.on(Samples.sample(UDP, figures, 1, false))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Quantity.BYTES, 1_000L,
                        Quantity.RECEIVED, 6L,
                        Quantity.LOST, 4L,
                        Quantity.REORDERED, 2L,
                        Quantity.DUPLICATE, 1L));

        var received = new Total(1_000, 1, null, new Datagrams(12, new Datagrams.Reception(5L, 2, 1, 0.5)));
        assertThat(counts(growth.atEnd(TestRole.SERVER, Protocol.UDP, summary(StreamRole.RECEIVER, null, received))))
                .containsEntry(Quantity.RECEIVED, 1L)
                .containsEntry(Quantity.LOST, 1L)
                .containsEntry(Quantity.BYTES, 0L);
    }

    @Test
    void lossThatNobodyKnowsIsNotCounted() {
        Figures figures = Samples.udp(millis(0, 1_000), 10, new Datagrams.Reception(null, 0, 0, 0));

        assertThat(counts(growth.on(Samples.sample(UDP, figures, 1, false))))
                .containsOnlyKeys(Quantity.BYTES, Quantity.REORDERED, Quantity.DUPLICATE);
    }
}
