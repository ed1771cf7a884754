package dev.pitot.probe.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Arithmetic of stability, trimmed means, confidence and the pace of probes.
class StabilityTest {
    private static final RpmOptions.StabilityPlan PLAN = RpmOptions.DEFAULT.stability();

    private static List<Boolean> stable(double... averages) {
        var detector = new StabilityDetector(PLAN);
        return DoubleStream.of(averages).mapToObj(detector::add).toList();
    }

    @Test
    void fourEqualAveragesAreStableAndThreeAreNot() {
        assertThat(stable(10, 10, 10, 10)).containsExactly(false, false, false, true);
    }

    @Test
    void theDeviationOfTheLastFourIsComparedWithTheNewest() {
        assertThat(stable(100, 100, 100, 100 + 11.4)).last().isEqualTo(true); // σ 4.94 < 5.57
        assertThat(stable(100, 100, 100, 100 + 14)).last().isEqualTo(false); // σ 6.06 > 5.7
        assertThat(stable(1, 100, 100, 100, 100)).last().isEqualTo(true);
    }

    @Test
    void nothingIsNotStable() {
        assertThat(stable(0, 0, 0, 0, 0)).doesNotContain(true);
    }

    @Test
    void aMovingAverageSpansTheLastFour() {
        var average = new MovingAverage(4);

        assertThat(DoubleStream.of(8, 4, 0, 0, 0).map(average::add).toArray()).containsExactly(8.0, 6.0, 4.0, 3.0, 1.0);
    }

    @Test
    void aTrimmedMeanLeavesOutTheSlowestTwentiethOnly() {
        double[] twenty = IntStream.rangeClosed(1, 20)
                .mapToDouble(i -> i == 20 ? 1000 : i)
                .toArray();

        assertThat(TrimmedMean.of(twenty, 0.95)).isEqualTo(10); // 1..19
        assertThat(TrimmedMean.of(new double[] {7}, 0.95)).isEqualTo(7);
        assertThat(TrimmedMean.of(new double[0], 0.95)).isNull();
    }

    @Test
    void onlyTheLastFourIntervalsCount() {
        var times = new ProbeTimes(PLAN);
        for (int i = 1; i <= 5; i++) {
            times.add(new ProbeTimes.Foreign(i, 2.0 * i, 3.0 * i));
            times.addSelf(10.0 * i);
            if (i < 5) {
                times.endInterval();
            }
        }

        RpmTerms terms = times.endInterval();

        assertThat(terms).isEqualTo(new RpmTerms(3.5, 7.0, 10.5, 35.0, new RpmTerms.Counts(4, 4)));
    }

    @Test
    void confidenceIsThatOfTheDraft() {
        assertThat(RpmConfidence.of(false, 3, 4)).isEqualTo(RpmConfidence.LOW);
        assertThat(RpmConfidence.of(false, 4, 4)).isEqualTo(RpmConfidence.MEDIUM);
        assertThat(RpmConfidence.of(true, 4, 4)).isEqualTo(RpmConfidence.HIGH);
    }

    @Test
    void probesAreAtMostAHundredASecondAndAtMostATwentiethOfTheGoodput() {
        RpmOptions.ProbePlan plan = RpmOptions.DEFAULT.probes();

        assertThat(ProbePace.nanos(plan, 1e9)).isEqualTo(10_000_000);
        // 1 Mbit/s: 6250 bytes/s for probes of 3000 bytes on average
        assertThat((double) ProbePace.nanos(plan, 1e6)).isCloseTo(480e6, within(1.0));
        assertThat(ProbePace.nanos(plan, 0)).isEqualTo(Long.MAX_VALUE);
    }
}
