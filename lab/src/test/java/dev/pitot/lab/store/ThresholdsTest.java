package dev.pitot.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.Measured;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.plan.Threshold.Figure;
import dev.pitot.lab.store.RunResult.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    @Test
    void withoutThresholdsEverythingPasses() {
        Verdict verdict = Thresholds.missed(List.of(), new Totals(null, null)).verdict();

        assertThat(verdict).isEqualTo(Samples.passed());
    }

    @Test
    void theReceiversBitrateIsJudged() {
        var totals = new Totals(bitrate(200e6, 0), bitrate(99_999_999.5, 0));
        Verdict verdict = Thresholds.missed(List.of(Samples.FAST), totals).verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict(
                        Verdict.Kind.MISSED,
                        null,
                        "The bitrate received is 99999999.5 bit/s, not at least 100000000 bit/s.",
                        List.of(Samples.FAST)));
    }

    @Test
    void theLimitItselfIsKept() {
        assertThat(judged(Samples.FAST, bitrate(100e6, 0)).verdict()).isEqualTo(Samples.passed());
    }

    @Test
    void aRoundedFigureWithinItsErrorIsKeptAndSaysSo() {
        assertThat(judged(Samples.FAST, bitrate(99.96e6, 0.05e6)).verdict())
                .isEqualTo(new Verdict(
                        Verdict.Kind.PASSED,
                        null,
                        "The bitrate received is 99960000 ± 50000 bit/s, and may be at least 100000000 bit/s as its"
                                + " program rounds: counted as kept.",
                        List.of()));
        assertThat(judged(Samples.FAST, bitrate(99.94e6, 0.05e6)).missed()).containsExactly(Samples.FAST);
    }

    @Test
    void lossIsAPartOfTheDatagrams() {
        assertThat(judged(Samples.WHOLE, datagrams(1000L, 10L)).missed()).isEmpty();
        assertThat(judged(Samples.WHOLE, datagrams(1000L, 11L)).sentences())
                .containsExactly("The loss of datagrams is 1.1 %, not at most 1 %.");
    }

    @Test
    void whatWasNotMeasuredIsMissed() {
        var jitter = new Threshold(Figure.JITTER, false, 0.5);
        var retransmits = new Threshold(Figure.RETRANSMITS, false, 0);
        List<Threshold> all = List.of(Samples.FAST, Samples.WHOLE, jitter, retransmits);
        Thresholds.Judgement judgement = Thresholds.missed(all, new Totals(null, null));

        assertThat(judgement.missed()).isEqualTo(all);
        assertThat(judgement.sentences())
                .containsExactly(
                        "The bitrate received was not measured, so at least 100000000 bit/s cannot be kept.",
                        "The loss of datagrams was not measured, so at most 1 % cannot be kept.",
                        "The jitter was not measured, so at most 0.5 ms cannot be kept.",
                        "The number of retransmits was not measured, so at most 0 cannot be kept.");
        assertThat(judged(Samples.WHOLE, datagrams(0L, 0L)).missed()).containsExactly(Samples.WHOLE);
        assertThat(judged(Samples.FAST, bitrate(Double.NaN, 0)).missed()).containsExactly(Samples.FAST);
    }

    @Test
    void retransmitsAreTheSendersAndJitterTheReceivers() {
        Row sender = Samples.with(Samples.total(null, true, 1), new Row.Details(3L, null, null, null, 9.0));
        Row receiver = Samples.with(Samples.total(null, false, 1), new Row.Details(7L, null, null, null, 0.25));
        var totals = new Totals(sender, receiver);

        assertThat(totals.retransmits()).isEqualTo(3);
        assertThat(totals.jitterMillis()).isEqualTo(0.25);
    }

    private static Thresholds.Judgement judged(Threshold threshold, Row receiver) {
        return Thresholds.missed(List.of(threshold), new Totals(null, receiver));
    }

    private static Row bitrate(double value, double error) {
        Row row = Samples.total(null, null, 0);
        return new Row(
                row.kind(),
                row.series(),
                0,
                10,
                new Row.Amounts(Measured.exact(0), new Measured(value, error)),
                Row.Details.NONE);
    }

    private static Row datagrams(@Nullable Long all, @Nullable Long lost) {
        return Samples.with(Samples.total(null, null, 0), new Row.Details(null, all, lost, null, null));
    }
}
