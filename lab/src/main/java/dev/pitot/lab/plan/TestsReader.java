package dev.pitot.lab.plan;

import dev.pitot.lab.engine.Iperf2Options;
import dev.pitot.lab.engine.TestSettings.OutputStyle;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.plan.TestCase.Heading;
import dev.pitot.model.config.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the tests of a plan. One thread.
final class TestsReader {
    private final Problems problems;
    private final ThresholdReader thresholds;
    private final OutputStyle style;
    private final List<Heading> usualHeadings;
    private final Set<String> nodes;
    private boolean isWithinLimit = true;

    /// @param usualHeadings for tests that give none
    /// @param nodes the names of all
    TestsReader(Problems problems, OutputStyle style, List<Heading> usualHeadings, Set<String> nodes) {
        this.problems = problems;
        this.style = style;
        this.usualHeadings = usualHeadings;
        this.nodes = nodes;
        thresholds = new ThresholdReader(problems);
    }

    List<TestDraft> read(TableReader plan) {
        List<TestDraft> drafts = new ArrayList<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        if (plan.items("tests").isEmpty()) {
            problems.add(plan.place("tests"), "'tests' is needed: a list of what shall be measured");
        }
        List<TableReader> tests = plan.tables("tests", PlanKeys.TEST);
        checkCount(tests);
        for (TableReader test : tests) {
            String name = test.needed("name", "for a test");
            if (name != null) {
                TableReader.checkName(test.place("name"), "test", name, problems);
                Integer before = lines.putIfAbsent(name, test.place("name").line());
                if (before != null) {
                    problems.add(
                            test.place("name"),
                            "the test " + Problems.quoted(name) + " is already in line " + before
                                    + ": give each a name of its own");
                }
            }
            drafts.add(read(name == null ? "" : name, test));
        }
        return drafts;
    }

    /// The sweeps of all tests together, before any of them is carried out.
    private void checkCount(List<TableReader> tests) {
        long count = 0;
        for (TableReader test : tests) {
            count += SweepReader.count(test);
            if (count > Cases.MOST && isWithinLimit) {
                isWithinLimit = false;
                problems.add(
                        test.place("sweep"),
                        "the sweeps of the tests up to this make more than " + Cases.MOST
                                + " combinations: give fewer values");
            }
        }
    }

    private TestDraft read(String name, TableReader test) {
        List<Heading> given = Headings.read(test, "directions", problems);
        List<String> only = test.texts("nodes");
        for (String node : only) {
            if (!nodes.contains(node)) {
                problems.unknown(test.place("nodes"), "node", node, nodes);
            }
        }
        Iperf2Options iperf2 = Iperf2Words.read(test.table("iperf2"), problems);
        var options = new TestOptions(problems, iperf2, style);
        List<Variant> variants = isWithinLimit ? new SweepReader(problems, name, options).read(test) : List.of();
        if (test.has("iperf2")
                && !variants.isEmpty()
                && variants.stream().noneMatch(it -> it.engine() == null || it.engine() == EngineKind.IPERF2)) {
            problems.add(test.place("iperf2"), "only the engine iperf2 knows these options: 'engine: iperf2'");
        }
        List<Threshold> limits = thresholds.read(test.table("thresholds"));
        if (!variants.isEmpty()) {
            checkFigures(test, limits, variants);
        }
        return new TestDraft(test.place(), given.isEmpty() ? usualHeadings : given, only, variants, limits);
    }

    /// A limit for what no variant measures would pass or fail for ever.
    private void checkFigures(TableReader test, List<Threshold> limits, List<Variant> variants) {
        boolean hasDatagrams = variants.stream().anyMatch(TestsReader::isUdp);
        boolean hasStreams = variants.stream().anyMatch(it -> !isUdp(it));
        boolean mayBeIperf2 = variants.stream().anyMatch(it -> it.engine() == EngineKind.IPERF2);
        for (Threshold limit : limits) {
            boolean isMeasured = switch (limit.figure()) {
                case BITRATE -> true;
                case LOSS, JITTER -> hasDatagrams;
                case RETRANSMITS -> hasStreams;
            };
            if (!isMeasured) {
                String needed = limit.figure() == Threshold.Figure.RETRANSMITS ? "for TCP" : "with 'udp: true'";
                problems.add(
                        test.place("thresholds"),
                        limit.figure().name().toLowerCase(Locale.ROOT) + " is only measured " + needed);
            } else if (limit.figure() == Threshold.Figure.RETRANSMITS && mayBeIperf2) {
                problems.add(
                        test.place("thresholds"),
                        "the engine iperf2 does not tell retransmits: leave out this limit, or take another engine");
            }
        }
    }

    private static boolean isUdp(Variant variant) {
        return variant.what().settings().config().test().protocol() == Protocol.UDP;
    }
}
