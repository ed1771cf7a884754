package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.Aggregate.Spread;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AggregateTest {
    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        Spread spread = Spread.of(List.of(9.0, 1.0, 2.0));

        assertThat(spread).isEqualTo(new Spread(3, 2, 4, 1, 9));
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Spread(4, 3, 26.75, 1, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }

    @Test
    void repetitionsArePutTogetherAndOnlyWhatWasMeasuredCounts() {
        TestCase test = ResultFixtures.test(1, NodeDirection.FROM_NODE, Protocol.TCP, Map.of());
        TestCase other = ResultFixtures.test(5, NodeDirection.TO_NODE, Protocol.TCP, Map.of());
        List<Aggregate> aggregates = Aggregate.of(List.of(
                run(test, 100, Verdict.Kind.PASSED),
                run(other, 7, Verdict.Kind.FAILED),
                run(ResultFixtures.repeated(test, 2, 2), 300, Verdict.Kind.MISSED),
                run(ResultFixtures.repeated(test, 3, 3), 9_999, Verdict.Kind.FAILED),
                run(ResultFixtures.repeated(test, 4, 4), 9_999, Verdict.Kind.STOPPED)));

        assertThat(aggregates)
                .containsExactly(
                        new Aggregate(
                                TestId.of(test).group(),
                                Map.of(ThresholdMetric.BITRATE, new Spread(2, 800, 800, 400, 1200))),
                        new Aggregate(TestId.of(other).group(), Map.of()));
    }

    private static RunResult run(TestCase test, double bytes, Verdict.Kind kind) {
        var measurements = new Measurements(
                List.of(), List.of(ResultFixtures.total(null, false, bytes)), List.of(), Observations.NONE);
        return ResultFixtures.result(test, measurements, new Verdict(kind, null, null, List.of()));
    }
}
