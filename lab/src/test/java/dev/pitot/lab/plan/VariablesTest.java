package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.Hook.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
    @ParameterizedTest
    @CsvSource({
        "0..60 step 10, 0 10 20 30 40 50 60",
        "0..5, 0 1 2 3 4 5",
        "5..5, 5",
        "0..5 step 2, 0 2 4",
        "0..1 step 0.1, 0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1",
        "3..-3 step 1.5, 3 1.5 0 -1.5 -3",
        "60..0 step -30, 60 30 0",
        "-2.50..-1 step 0.75, -2.5 -1.75 -1",
        "100..300 step 100, 100 200 300",
        "0 .. 20  step  10, 0 10 20",
        "0.1..0.35 step 0.1, 0.1 0.2 0.3",
    })
    void aRangeIsExact(String range, String values) {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL + "variables: {a: " + range + "}\n");

        assertThat(plan.fixtures().variables())
                .containsExactly(new Variable("a", List.of(values.split(" ")), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: 0..10 step 0} | p.yaml:7:16: a range is written as 0..60 step 10, not '0..10 step 0'",
                "{a: 0..10 step -1} | a range is written as 0..60 step 10",
                "{a: 0..x} | a range is written as 0..60 step 10, not '0..x'",
                "{a: [1, 1]} | p.yaml:7:20: the value '1' is given twice",
                "{a: [0..2, 2]} | the value '2' is given twice",
                "{a: []} | p.yaml:7:13: the variable 'a' needs values",
                "{a: {values: []}} | the variable 'a' needs values",
                "{a: {set: {pause: 1}}} | the variable 'a' needs values",
                "{a: [x y]} | p.yaml:7:17: a value of a variable becomes part of the names of files",
                "{a: [[1]]} | a value of a variable becomes part of the names of files",
                "{A: [1]} | p.yaml:7:13: the name 'A' of a variable must be 1 to 31 of a-z, 0-9 and '_'",
                "{node: [1]} | a variable cannot be called 'node', which means something else",
                "{verdict: [1]} | a variable cannot be called 'verdict'",
                "{a: 0..100000} | p.yaml:7:13: the variables up to this have more than 100000 combinations",
                "{a: 0..999999999999 step 0.000000001} | more than 100000 combinations",
                "{a: 1..1000, b: 1..1000} | p.yaml:7:25: the variables up to this have more than 100000 combinations",
                "{a: 1..300, b: 1..300} | p.yaml:5:1: this plan has more than 100000 tests to run",
                "{a: {values: [1], sett: []}} | unknown key 'sett': did you mean 'set'?",
                "{a: {values: [1], set: {command: 'turn {b}'}}} | unknown placeholder 'b'",
                "{a1: 1, a2: 1, a3: 1, a4: 1, a5: 1, a6: 1, a7: 1, a8: 1, a9: 1, b1: 1, b2: 1} | at most 10 variables",
            })
    void whatIsWrongWithAVariableHasItsPlace(String variables, String complaint) {
        assertThat(PlanTexts.complaints(PlanTexts.SMALL + "variables: " + variables + "\n"))
                .contains(complaint);
    }

    @Test
    void theOrderNamesEachDimensionOnce() {
        assertThat(PlanTexts.complaints(PlanTexts.SMALL + "variables: {angle: [1]}\norder: [angel, node, nod, node]\n"))
                .isEqualTo("""
                        p.yaml:8:9: unknown dimension 'angel': did you mean 'angle'?
                        p.yaml:8:22: unknown dimension 'nod': did you mean 'node'?
                        p.yaml:8:27: 'node' is given twice""");
    }

    @Test
    void aVariableMayBeSetByHooks() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL + """
                variables:
                  angle:
                    values: [0, 90]
                    set:
                      - {command: "turntable --to {angle}", timeout: 120 s}
                      - {pause: 2 s}
                """);

        assertThat(plan.fixtures().variables())
                .containsExactly(new Variable(
                        "angle",
                        List.of("0", "90"),
                        List.of(
                                new Hook.Command(
                                        Moment.BEFORE_TEST,
                                        null,
                                        List.of("turntable", "--to", "{angle}"),
                                        Duration.ofMinutes(2)),
                                new Hook.Pause(Moment.BEFORE_TEST, Duration.ofSeconds(2)))));
    }

    @Test
    void everyTestStandsAtItsPoint() {
        Plan plan = PlanTexts.plan(
                PlanTexts.SMALL + "    sweep: {parallel: 1..3}\n    directions: to\nvariables: {ssid: [b, a]}\n");

        assertThat(plan.cases())
                .extracting(it -> it.number() + " " + it.spec().parameters())
                .startsWith(
                        "1 ParameterSet[variables={ssid=b}, sweep={parallel=1}]",
                        "2 ParameterSet[variables={ssid=b}, sweep={parallel=2}]")
                .endsWith("6 ParameterSet[variables={ssid=a}, sweep={parallel=3}]");
        assertThat(plan.cases().getLast().spec().settings().options()).containsExactly("--parallel=3");
    }

    @Test
    void variablesAreOutermostAndTheOrderChangesThat() {
        assertThat(order("")).isEqualTo("A1t A1f A1t A1f A2t A2f A2t A2f B1t B1f B1t B1f B2t B2f B2t B2f");
        assertThat(order("order: [repetition, v]\n"))
                .isEqualTo("A1t A1f A1t A1f B1t B1f B1t B1f A2t A2f A2t A2f B2t B2f B2t B2f");
        assertThat(order("order: [node, direction, repetition]\n"))
                .isEqualTo("A1t B1t A2t B2t A1f B1f A2f B2f A1t B1t A2t B2t A1f B1f A2f B2f");
        assertThat(order("order: [direction, node, v, repetition, test]\n"))
                .isEqualTo("A1t A2t B1t B2t A1t A2t B1t B2t A1f A2f B1f B2f A1f A2f B1f B2f");
    }

    private static String order(String order) {
        String text = PlanTexts.SMALL.replace("traffic_pc: desk", "pairs: [[desk, phone], [phone, desk]]");
        return PlanTexts.plan(text + "repeat: 2\nvariables: {v: [A, B]}\n" + order).cases().stream()
                .map(it -> it.spec().parameters().variables().get("v")
                        + it.repetition()
                        + (it.pair().direction() == TestCase.NodeDirection.TO_NODE ? "t" : "f"))
                .collect(Collectors.joining(" "));
    }

    /// As many tests as the product says, each point once, and the outermost changes least.
    @Test
    void theOutermostDimensionChangesLeast() {
        var random = new Random(7);
        for (int plan = 0; plan < 50; plan++) {
            int[] sizes = {1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(3)};
            List<String> order = new ArrayList<>(List.of("a", "b", "repetition", "direction"));
            Collections.shuffle(order, random);
            String text = PlanTexts.SMALL + "repeat: " + sizes[2] + "\nvariables: {a: 1.." + sizes[0] + ", b: 1.."
                    + sizes[1] + "}\norder: " + order + "\n";

            List<TestCase> cases = PlanTexts.plan(text).cases();

            assertThat(cases).hasSize(sizes[0] * sizes[1] * sizes[2] * 2);
            assertThat(cases.stream().map(it -> point(it, order)).distinct()).hasSize(cases.size());
            assertThat(changes(cases, order.getFirst())).isEqualTo(distinct(cases, order.getFirst()) - 1);
        }
    }

    private static String point(TestCase test, List<String> order) {
        return order.stream().map(it -> value(test, it)).collect(Collectors.joining(" "));
    }

    private static String value(TestCase test, String dimension) {
        return switch (dimension) {
            case "repetition" -> Integer.toString(test.repetition());
            case "direction" -> test.pair().direction().name();
            default -> String.valueOf(test.spec().parameters().variables().get(dimension));
        };
    }

    private static long distinct(List<TestCase> cases, String dimension) {
        return cases.stream().map(it -> value(it, dimension)).distinct().count();
    }

    private static long changes(List<TestCase> cases, String dimension) {
        return IntStream.range(1, cases.size())
                .filter(i -> !value(cases.get(i), dimension).equals(value(cases.get(i - 1), dimension)))
                .count();
    }
}
