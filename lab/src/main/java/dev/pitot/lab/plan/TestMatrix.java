package dev.pitot.lab.plan;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.TestCase.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /// A test of a plan, before it is put to its nodes.
    ///
    /// @param position where it stands
    /// @param directions its directions, none twice
    /// @param nodes the names of the devices that it is for; empty for all
    /// @param variants one for each combination of its sweeps
    /// @param thresholds what its results must keep
    record TestDefinition(
            SourcePosition position,
            List<NodeDirection> directions,
            List<String> nodes,
            List<TestVariant> variants,
            List<Threshold> thresholds) {
        /// Whether it is for a pair's device.
        boolean isFor(String node) {
            return nodes.isEmpty() || nodes.contains(node);
        }
    }

    /// One combination of a test's sweeps.
    ///
    /// @param engine null for what the nodes have in common
    record TestVariant(TestCase.TestSpec spec, @Nullable EngineKind engine) {}

    /// A test that is not in order yet.
    ///
    /// @param at the index of its value in each dimension, in the order of the dimensions
    /// @param set the index of each variable's value
    private record Point(
            List<Integer> at, int repetition, Pair pair, TestDefinition test, TestVariant variant, List<Integer> set) {}

    /// Every choice of one item of each list, those of the last list next to each other.
    static <T> List<List<T>> combinations(List<List<T>> lists) {
        List<List<T>> all = List.of(List.of());
        for (List<T> list : lists) {
            all = all.stream()
                    .flatMap(begin -> list.stream()
                            .map(item -> Stream.concat(begin.stream(), Stream.of(item))
                                    .toList()))
                    .toList();
        }
        return all;
    }

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
        List<List<Integer>> settings = combinations(variables.stream()
                .map(it -> IntStream.range(0, it.values().size()).boxed().toList())
                .toList());
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
        points.sort((one, other) -> IntStream.range(0, one.at().size())
                .map(i -> Integer.compare(one.at().get(i), other.at().get(i)))
                .filter(difference -> difference != 0)
                .findFirst()
                .orElse(0));
        List<TestCase> cases = new ArrayList<>();
        for (Point point : points) {
            TestCase.TestSpec spec = point.variant().spec();
            Map<String, String> set = new LinkedHashMap<>();
            for (int i = 0; i < variables.size(); i++) {
                set.put(
                        variables.get(i).name(),
                        variables.get(i).values().get(point.set().get(i)));
            }
            var parameters = new ParameterSet(set, spec.parameters().sweep());
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

    /// All repetitions and variants of a test at one place; a variant's index is behind its test's.
    private void addPoints(int[] place, NodeDirection direction, List<Integer> setting, List<Point> points) {
        NodePair ends = pairs.get(place[0]);
        TestDefinition test = tests.get(place[2]);
        List<String> names = variables.stream().map(Variable::name).toList();
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (int variant = 0; variant < test.variants().size(); variant++) {
                List<Integer> at = new ArrayList<>();
                for (String dimension : order) {
                    switch (dimension) {
                        case "repetition" -> at.add(repetition);
                        case "node" -> at.add(place[0]);
                        case "direction" -> at.add(place[1]);
                        case "test" -> {
                            at.add(place[2]);
                            at.add(variant);
                        }
                        default -> at.add(setting.get(names.indexOf(dimension)));
                    }
                }
                var pair = new Pair(ends.node(), ends.peer(), direction);
                points.add(new Point(at, repetition, pair, test, test.variants().get(variant), setting));
            }
        }
    }
}
