package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.RunResult.Intervals;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import java.util.List;
import java.util.Map;
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

    @Test
    void roundTripsAreTheSendersOrElseTheReceivers() {
        Row sender = ResultFixtures.with(ResultFixtures.total(null, true, 1), roundTrips(31.0));
        Row receiver = ResultFixtures.with(ResultFixtures.total(null, false, 1), roundTrips(29.0));
        Row silent = ResultFixtures.total(null, true, 1);
        List<Threshold> limits = List.of(new Threshold(ThresholdMetric.LOADED_RTT_P95, false, 30));

        assertThat(Thresholds.missed(limits, new Totals(sender, receiver)).sentences())
                .containsExactly("round trips under load of 31 ms (p95), wanted at most 30 ms (p95)");
        assertThat(Thresholds.missed(limits, new Totals(silent, receiver)).sentences())
                .isEmpty();
        assertThat(Thresholds.missed(limits, new Totals(silent, null)).sentences())
                .containsExactly(
                        "no 95th percentile of the round trips under load was measured, wanted at most 30 ms (p95)");
    }

    /// Other sessions' tables stay as narrow as they are.
    @Test
    void theSummaryHasGradesWhereATestHasOne() {
        Row total = ResultFixtures.total(null, true, 1);

        assertThat(summary(ResultFixtures.with(total, roundTrips(31.5))))
                .containsPattern("loaded ms +grade\n.* 31\\.500 +B\n");
        assertThat(summary(total)).doesNotContain("grade");
    }

    private static String summary(Row sender) {
        TestCase test = ResultFixtures.test(1, NodeDirection.TO_NODE, Protocol.TCP, Map.of());
        var measured = new RunResult.Measurements(
                List.of(sender), List.of(), List.of(), Observations.NONE, new Intervals(null, null));
        var passed = new RunResult.Verdict(RunResult.Verdict.Kind.PASSED, null, null, List.of());
        RunResult run = ResultFixtures.result(test, measured, passed);
        return new SessionSummary("lab", ResultFixtures.NOON, List.of(run), ResultFixtures.ZONE).text();
    }

    private static Row.Details roundTrips(double millis) {
        return new Row.Details(null, null, null, null, null, new Row.RoundTrips(0.1, millis, "B"));
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
