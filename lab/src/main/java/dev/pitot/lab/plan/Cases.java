package dev.pitot.lab.plan;

import dev.pitot.lab.plan.TestCase.Heading;
import dev.pitot.lab.plan.TestCase.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tests of a plan at every point of its dimensions, in the order that the plan chooses. The
/// count is known before anything is allocated.
///
/// @param pairs the values of the dimension `node`
/// @param tests with their sweeps the values of the dimension `test`
/// @param order every dimension once, the outermost first
record Cases(int repetitions, List<Ends> pairs, List<TestDraft> tests, List<Variable> variables, List<String> order) {
    /// More than a session can do in a year.
    static final int MOST = 100_000;
    /// Besides the variables, in their usual order.
    static final List<String> DIMENSIONS = List.of("repetition", "node", "direction", "test");

    /// A pair of nodes without a direction.
    ///
    /// @param place where the plan says so
    record Ends(Place place, String node, String peer) {}

    /// A test that is not in order yet.
    ///
    /// @param at the index of its value in each dimension, in the order of the dimensions
    private record Point(
            int[] at, int repetition, Pair pair, TestDraft test, Variant variant, Map<String, String> set) {}

    /// A value of each variable, with its index.
    private record Setting(Map<String, String> values, Map<String, Integer> indexes) {}

    /// How many there are: exact up to [#MOST], else more than that.
    long count() {
        long count = 0;
        for (Ends ends : pairs) {
            for (TestDraft test : tests) {
                if (test.isFor(ends.node())) {
                    count += (long) test.headings().size() * test.variants().size();
                }
            }
        }
        for (Variable variable : variables) {
            count = Math.min(count, MOST + 1L) * variable.values().size();
        }
        return Math.min(count, MOST + 1L) * repetitions;
    }

    /// All, in order. Only for a [#count()] within [#MOST].
    List<TestCase> all() {
        List<Point> points = new ArrayList<>();
        List<Setting> settings = settings();
        List<Heading> headings = tests.stream()
                .flatMap(test -> test.headings().stream())
                .distinct()
                .toList();
        for (int node = 0; node < pairs.size(); node++) {
            for (int test = 0; test < tests.size(); test++) {
                if (tests.get(test).isFor(pairs.get(node).node())) {
                    for (Heading heading : tests.get(test).headings()) {
                        int[] place = {node, headings.indexOf(heading), test};
                        settings.forEach(setting -> addPoints(place, heading, setting, points));
                    }
                }
            }
        }
        points.sort((one, other) -> Arrays.compare(one.at(), other.at()));
        List<TestCase> cases = new ArrayList<>();
        for (Point point : points) {
            TestCase.What what = point.variant().what();
            var parameters = new ParameterSet(point.set(), what.parameters().sweep());
            cases.add(new TestCase(
                    cases.size() + 1,
                    point.repetition(),
                    point.pair(),
                    new TestCase.What(what.test(), what.settings(), parameters),
                    point.variant().engine(),
                    point.test().thresholds()));
        }
        return cases;
    }

    /// Every value of each variable with every other.
    private List<Setting> settings() {
        List<Setting> settings = List.of(new Setting(Map.of(), Map.of()));
        for (Variable variable : variables) {
            List<Setting> longer = new ArrayList<>();
            for (Setting setting : settings) {
                for (int i = 0; i < variable.values().size(); i++) {
                    Map<String, String> values = new LinkedHashMap<>(setting.values());
                    values.put(variable.name(), variable.values().get(i));
                    Map<String, Integer> indexes = new HashMap<>(setting.indexes());
                    indexes.put(variable.name(), i);
                    longer.add(new Setting(values, indexes));
                }
            }
            settings = longer;
        }
        return settings;
    }

    /// All repetitions and variants of a test at one place; a variant's index is behind its test's.
    private void addPoints(int[] place, Heading heading, Setting setting, List<Point> points) {
        Ends ends = pairs.get(place[0]);
        TestDraft test = tests.get(place[2]);
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (int variant = 0; variant < test.variants().size(); variant++) {
                int[] at = new int[order.size() + 1];
                int next = 0;
                for (String dimension : order) {
                    switch (dimension) {
                        case "repetition" -> at[next++] = repetition;
                        case "node" -> at[next++] = place[0];
                        case "direction" -> at[next++] = place[1];
                        case "test" -> {
                            at[next++] = place[2];
                            at[next++] = variant;
                        }
                        default -> at[next++] = setting.indexes().getOrDefault(dimension, 0);
                    }
                }
                var pair = new Pair(ends.node(), ends.peer(), heading);
                points.add(new Point(at, repetition, pair, test, test.variants().get(variant), setting.values()));
            }
        }
    }
}
