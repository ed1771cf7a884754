package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.model.config.Protocol;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionComparisonTest {
    private static final TestCase TCP =
            ResultFixtures.test(1, NodeDirection.TO_NODE, Protocol.TCP, Map.of("parallel", "4"));
    private static final TestCase UDP = ResultFixtures.test(2, NodeDirection.TO_NODE, Protocol.UDP, Map.of());

    private static Results session(TestCase test, double... megabits) {
        return lossy(test, 0, megabits);
    }

    private static Results lossy(TestCase test, long lost, double... megabits) {
        List<RunResult> runs = new ArrayList<>();
        boolean isUdp = test.equals(UDP);
        for (int i = 0; i < megabits.length; i++) {
            Row row = ResultFixtures.with(
                    ResultFixtures.total(null, false, megabits[i] * 1e6 / 8 * 2),
                    new Row.Details(null, isUdp ? 1000L : null, isUdp ? lost : null, null, null));
            var measurements = new Measurements(List.of(), List.of(row), List.of(), Observations.NONE);
            runs.add(ResultFixtures.result(
                    ResultFixtures.repeated(test, i + 1, i + 1), measurements, ResultFixtures.passed()));
        }
        var header = new Results.SessionInfo("t", ResultFixtures.NOON, ZoneOffset.UTC, runs.size(), null, List.of());
        return new Results(Path.of("x"), header, runs, 0);
    }

    private static String verdict(Results before, Results after, double band) {
        return SessionComparison.of(before, after, band)
                .differences()
                .getFirst()
                .verdict();
    }

    @Test
    void withinTheBandIsTheSame() {
        assertThat(verdict(session(TCP, 100), session(TCP, 95), 5)).isEqualTo("same");
        assertThat(verdict(session(TCP, 100), session(TCP, 94.9), 5)).isEqualTo("worse");
        assertThat(verdict(session(TCP, 100), session(TCP, 105.1), 5)).isEqualTo("better");
    }

    @Test
    void repetitionsThatSpreadMakeTheBandWider() {
        assertThat(verdict(session(TCP, 80, 100, 120), session(TCP, 81), 5)).isEqualTo("same");
        assertThat(verdict(session(TCP, 100), session(TCP, 61, 81, 101), 5)).isEqualTo("same");
        assertThat(verdict(session(TCP, 80, 100, 120), session(TCP, 79), 5)).isEqualTo("worse");
    }

    @Test
    void lossWhereThereWasNoneIsWorse() {
        var comparison = SessionComparison.of(session(UDP, 100), lossy(UDP, 3, 100), 5);

        assertThat(comparison.isWorse()).isTrue();
        assertThat(comparison.differences()).extracting(each -> each.verdict()).containsExactly("same", "worse");
        assertThat(comparison.text()).isEqualTo("""
                test   from  to    proto  sweep  figure       before        after  change %  noise %  verdict
                quick  tpc   tate  udp        -  Mbit/s  100.000 (1)  100.000 (1)       0.0      5.0  same
                quick  tpc   tate  udp        -  loss %    0.000 (1)    0.300 (1)         -        -  worse
                """);
    }

    @Test
    void whatOnlyOneHasIsLeftOut() {
        assertThat(SessionComparison.of(session(TCP, 100), session(UDP, 100), 5).differences())
                .isEmpty();
    }

    @Test
    void anObjectForEachDifference() {
        assertThat(SessionComparison.of(session(TCP, 100), session(TCP, 50, 60), 5)
                        .json())
                .isEqualTo(
                        "{\"test\":\"quick\",\"node\":\"tate\",\"peer\":\"tpc\",\"direction\":\"to_node\","
                                + "\"protocol\":\"tcp\",\"variables\":{},\"sweep\":{\"parallel\":\"4\"},\"figure\":\"bitrate\","
                                + "\"before\":{\"n\":1,\"median\":100000000,\"mean\":100000000,\"min\":100000000,"
                                + "\"max\":100000000},\"after\":{\"n\":2,\"median\":55000000,\"mean\":55000000,"
                                + "\"min\":50000000,\"max\":60000000},\"percent\":-45,\"noise\":5000000,\"verdict\":\"worse\"}\n");
    }
}
