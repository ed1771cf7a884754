package dev.pitot.lab.plan;

import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.TestCase.Pair;
import java.util.ArrayList;
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
record TestMatrix(
        int repetitions,
        List<NodePair> pairs,
        List<TestDefinition> tests,
        List<Variable> variables,
        List<String> order) {
    /// More than a session can do in a year.
    static final int MAX_TESTS = 100_000;
    /// Besides the variables, in their usual order.
    static final List<String> DIMENSIONS = List.of("repetition", "node", "direction", "test");

    /// A pair of nodes without a direction.
    ///
    /// @param position where the plan says so
    record NodePair(SourcePosition position, String node, String peer) {}

    /// A test that is not in order yet.
    ///
    /// @param at the index of its value in each dimension, in the order of the dimensions
    private record Point(
            List<Integer> at,
            int repetition,
            Pair pair,
            TestDefinition test,
            TestVariant variant,
            Map<String, String> set) {}

    /// A value of each variable, with its index.
    private record Setting(Map<String, String> values, Map<String, Integer> indexes) {}

    /// How many there are: exact up to [#MAX_TESTS], else more than that.
    long count() {
        long count = 0;
        for (NodePair ends : pairs) {
            for (TestDefinition test : tests) {
                if (test.isFor(ends.node())) {
                    count += (long) test.directions().size() * test.variants().size();
                }
            }
        }
        for (Variable variable : variables) {
            count = Math.min(count, MAX_TESTS + 1L) * variable.values().size();
        }
        return Math.min(count, MAX_TESTS + 1L) * repetitions;
    }

    /// All, in order. Only for a [#count()] within [#MAX_TESTS].
    List<TestCase> all() {
        List<Point> points = new ArrayList<>();
        List<Setting> settings = settings();
        List<NodeDirection> headings = tests.stream()
                .flatMap(test -> test.directions().stream())
                .distinct()
                .toList();
        for (int node = 0; node < pairs.size(); node++) {
            for (int test = 0; test < tests.size(); test++) {
                if (tests.get(test).isFor(pairs.get(node).node())) {
                    for (NodeDirection direction : tests.get(test).directions()) {
                        int[] place = {node, headings.indexOf(direction), test};
                        settings.forEach(setting -> addPoints(place, direction, setting, points));
                    }
                }
            }
        }
        points.sort((one, other) -> compare(one.at(), other.at()));
        List<TestCase> cases = new ArrayList<>();
        for (Point point : points) {
            TestCase.TestSpec spec = point.variant().spec();
            var parameters = new ParameterSet(point.set(), spec.parameters().sweep());
            cases.add(new TestCase(
                    cases.size() + 1,
                    point.repetition(),
                    point.pair(),
                    new TestCase.TestSpec(spec.test(), spec.settings(), parameters),
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

    private static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = Integer.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// All repetitions and variants of a test at one place; a variant's index is behind its test's.
    private void addPoints(int[] place, NodeDirection direction, Setting setting, List<Point> points) {
        NodePair ends = pairs.get(place[0]);
        TestDefinition test = tests.get(place[2]);
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (int variant = 0; variant < test.variants().size(); variant++) {
                List<Integer> at = new ArrayList<>();
                for (String dimension : order) {
                    switch (dimension) {
                        case "repetition" -> at.add(repetition);
                        case "node" -> at.add(place[0]);
                        case "direction" -> at.add(place[1]);
                        case "test" -> at.addAll(List.of(place[2], variant));
                        default -> at.add(setting.indexes().getOrDefault(dimension, 0));
                    }
                }
                var pair = new Pair(ends.node(), ends.peer(), direction);
                points.add(new Point(at, repetition, pair, test, test.variants().get(variant), setting.values()));
            }
        }
    }
}
