package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.model.config.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    private final List<RunResult> runs = new ArrayList<>();

    private void add(double megabits, Map<String, String> sweep, String... variables) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String variable : variables) {
            values.put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        var pair = new TestCase.Pair("tate", "tpc", NodeDirection.TO_NODE);
        var group = new TestId.Group("tcp", pair, Protocol.TCP, new ParameterSet(values, sweep));
        double bytes = megabits * 1e6 / 8 * 2; // in the samples' two seconds
        runs.add(new RunResult(
                new TestId(runs.size() + 1, 1, group),
                1,
                null,
                new RunResult.Time(ResultFixtures.NOON, ResultFixtures.NOON),
                new Measurements(
                        List.of(), List.of(ResultFixtures.total(null, false, bytes)), List.of(), Observations.NONE),
                ResultFixtures.passed()));
    }

    private List<String> lines() {
        return ResultTable.lines(Aggregate.of(runs));
    }

    @Test
    void withoutVariablesThereIsNone() {
        add(1, Map.of());

        assertThat(lines()).isEmpty();
    }

    @Test
    void oneVariableIsATableOfEveryTest() {
        add(94, Map.of("parallel", "1"), "angle=0");
        add(95, Map.of("parallel", "1"), "angle=0");
        add(97, Map.of("parallel", "1"), "angle=0");
        add(12.5, Map.of("parallel", "1"), "angle=90");
        add(200, Map.of("parallel", "4"), "angle=90");

        assertThat(lines())
                .containsExactly(
                        "Medians of what was received, in Mbit/s (of how many tests):",
                        "",
                        "angle  tcp tpc -> tate parallel=1  tcp tpc -> tate parallel=4",
                        "    0                  95.000 (3)                           -",
                        "   90                  12.500 (1)                 200.000 (1)");
    }

    @Test
    void twoVariablesAreAMatrix() {
        for (String angle : List.of("0", "90")) {
            for (String attenuation : List.of("0", "10", "20")) {
                add(
                        Double.parseDouble(angle) + Double.parseDouble(attenuation),
                        Map.of(),
                        "angle=" + angle,
                        "dB=" + attenuation);
            }
        }

        assertThat(lines())
                .containsExactly(
                        "Medians of what was received, in Mbit/s (of how many tests):",
                        "",
                        "tcp tpc -> tate",
                        "dB     angle=0     angle=90",
                        " 0   0.000 (1)   90.000 (1)",
                        "10  10.000 (1)  100.000 (1)",
                        "20  20.000 (1)  110.000 (1)");
    }

    @Test
    void ofThreeVariablesTheSmallestHasTablesOfItsOwnUpToTwenty() {
        for (int c = 0; c < 22; c++) {
            for (int a = 0; a < 23; a++) {
                for (int b = 0; b < 24; b++) {
                    add(1, Map.of(), "a=" + a, "b=" + b, "c=" + c);
                }
            }
        }

        assertThat(lines()).contains("tcp tpc -> tate c=0", "tcp tpc -> tate c=19");
        assertThat(lines()).doesNotContain("tcp tpc -> tate c=20");
        assertThat(lines().getLast()).isEqualTo("2 more tables are left out: the rest is in summary.csv");
        assertThat(lines()).filteredOn(line -> line.strip().startsWith("b ")).hasSize(20);
    }
}
