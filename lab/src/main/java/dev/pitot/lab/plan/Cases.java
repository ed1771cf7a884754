package dev.pitot.lab.plan;

import dev.pitot.lab.plan.TestCase.Heading;
import dev.pitot.lab.plan.TestCase.Pair;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Puts tests to pairs of nodes: repetition outermost, then the pair, the direction, the test
/// and its sweeps. The count is known before anything is allocated.
final class Cases {
    /// More than a session can do in a year.
    static final int MOST = 100_000;

    private final int repetitions;
    private final List<Ends> pairs;
    private final List<TestDraft> tests;

    Cases(int repetitions, List<Ends> pairs, List<TestDraft> tests) {
        this.repetitions = repetitions;
        this.pairs = List.copyOf(pairs);
        this.tests = List.copyOf(tests);
    }

    /// A pair of nodes without a direction.
    ///
    /// @param place where the plan says so
    record Ends(Place place, String node, String peer) {}

    /// How many there are: exact, as long as it is at most [#MOST] per test and pair.
    long count() {
        long count = 0;
        for (Ends ends : pairs) {
            for (TestDraft test : tests) {
                if (test.isFor(ends.node())) {
                    count += (long) test.headings().size() * test.variants().size();
                }
            }
        }
        return count > Long.MAX_VALUE / repetitions ? Long.MAX_VALUE : count * repetitions;
    }

    /// All, in order. Only for a [#count()] within [#MOST].
    List<TestCase> all() {
        Set<Heading> headings = new LinkedHashSet<>();
        tests.forEach(test -> headings.addAll(test.headings()));
        List<TestCase> cases = new ArrayList<>();
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (Ends ends : pairs) {
                for (Heading heading : headings) {
                    add(repetition, new Pair(ends.node(), ends.peer(), heading), cases);
                }
            }
        }
        return cases;
    }

    private void add(int repetition, Pair pair, List<TestCase> cases) {
        for (TestDraft test : tests) {
            if (test.headings().contains(pair.heading()) && test.isFor(pair.node())) {
                for (Variant variant : test.variants()) {
                    cases.add(new TestCase(
                            cases.size() + 1, repetition, pair, variant.what(), variant.engine(), test.thresholds()));
                }
            }
        }
    }
}
