package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.RunResult.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    @Test
    void withoutThresholdsEverythingPasses() {
        Verdict verdict = Thresholds.missed(List.of(), new Totals(null, null)).verdict();

        assertThat(verdict).isEqualTo(ResultFixtures.passed());
    }

    @Test
    void theReceiversBitrateIsJudged() {
        var totals = new Totals(bitrate(200e6, 0), bitrate(99_999_999.5, 0));
        Verdict verdict =
                Thresholds.missed(List.of(ResultFixtures.FAST), totals).verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict(
                        Verdict.Kind.MISSED,
                        null,
                        "received 99.9999995 Mbit/s, wanted at least 100 Mbit/s",
                        List.of(ResultFixtures.FAST)));
    }

    @Test
    void theLimitItselfIsKept() {
        assertThat(judged(ResultFixtures.FAST, bitrate(100e6, 0)).verdict()).isEqualTo(ResultFixtures.passed());
    }

    @Test
    void aRoundedFigureWithinItsErrorIsKeptAndSaysSo() {
        assertThat(judged(ResultFixtures.FAST, bitrate(99.96e6, 0.05e6)).verdict())
                .isEqualTo(new Verdict(
                        Verdict.Kind.PASSED,
                        null,
                        "received 99.96 Mbit/s, wanted at least 100 Mbit/s: counted as kept, since its program rounds to"
                                + " ± 0.05 Mbit/s",
                        List.of()));
        assertThat(judged(ResultFixtures.FAST, bitrate(99.94e6, 0.05e6)).missed())
                .containsExactly(ResultFixtures.FAST);
    }

    @Test
    void threeDigitsAreEnough() {
        assertThat(judged(ResultFixtures.FAST, bitrate(5_022_714, 0.5)).sentences())
                .containsExactly("received 5.02 Mbit/s, wanted at least 100 Mbit/s");
    }

    @Test
    void lossIsAPartOfTheDatagrams() {
        assertThat(judged(ResultFixtures.WHOLE, datagrams(1000L, 10L)).missed()).isEmpty();
        assertThat(judged(ResultFixtures.WHOLE, datagrams(1000L, 11L)).sentences())
                .containsExactly("lost 1.1 %, wanted at most 1 %");
    }

    @Test
    void whatWasNotMeasuredIsMissed() {
        var jitter = new Threshold(ThresholdMetric.JITTER, false, 0.5);
        var retransmits = new Threshold(ThresholdMetric.RETRANSMITS, false, 0);
        List<Threshold> all = List.of(ResultFixtures.FAST, ResultFixtures.WHOLE, jitter, retransmits);
        Thresholds.Evaluation judgement = Thresholds.missed(all, new Totals(null, null));

        assertThat(judgement.missed()).isEqualTo(all);
        assertThat(judgement.sentences())
                .containsExactly(
                        "no bitrate was measured, wanted at least 100 Mbit/s",
                        "no loss was measured, wanted at most 1 %",
                        "no jitter was measured, wanted at most 0.5 ms",
                        "no number of retransmits was measured, wanted at most 0 retransmits");
        assertThat(judged(ResultFixtures.WHOLE, datagrams(0L, 0L)).missed()).containsExactly(ResultFixtures.WHOLE);
        assertThat(judged(ResultFixtures.FAST, bitrate(Double.NaN, 0)).missed()).containsExactly(ResultFixtures.FAST);
    }

    @Test
    void retransmitsAreTheSendersAndJitterTheReceivers() {
        Row sender =
                ResultFixtures.with(ResultFixtures.total(null, true, 1), new Row.Details(3L, null, null, null, 9.0));
        Row receiver =
                ResultFixtures.with(ResultFixtures.total(null, false, 1), new Row.Details(7L, null, null, null, 0.25));
        var totals = new Totals(sender, receiver);

        assertThat(totals.retransmits()).isEqualTo(3);
        assertThat(totals.jitterMillis()).isEqualTo(0.25);
    }

    private static Thresholds.Evaluation judged(Threshold threshold, Row receiver) {
        return Thresholds.missed(List.of(threshold), new Totals(null, receiver));
    }

    private static Row bitrate(double value, double error) {
        Row row = ResultFixtures.total(null, null, 0);
        return new Row(
                row.kind(),
                row.series(),
                0,
                10,
                new Row.Amounts(RoundedValue.exact(0), new RoundedValue(value, error)),
                Row.Details.NONE);
    }

    private static Row datagrams(@Nullable Long all, @Nullable Long lost) {
        return ResultFixtures.with(ResultFixtures.total(null, null, 0), new Row.Details(null, all, lost, null, null));
    }
}
