package dev.pitot.lab.plan;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.TestMatrix.TestDefinition;
import dev.pitot.lab.plan.TestMatrix.TestVariant;
import dev.pitot.lab.tool.Iperf2Options;
import dev.pitot.lab.tool.Iperf2Parameter;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.model.config.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the tests of a plan. One thread.
final class TestsReader {
    private final OutputStyle style;
    private final List<NodeDirection> defaultDirections;
    private final Set<String> nodes;
    private boolean isWithinLimit = true;

    /// @param usualHeadings for tests that give none
    /// @param nodes the names of all
    TestsReader(OutputStyle style, List<NodeDirection> usualHeadings, Set<String> nodes) {
        this.style = style;
        this.defaultDirections = usualHeadings;
        this.nodes = nodes;
    }

    List<TestDefinition> read(TableReader plan) {
        List<TestDefinition> drafts = new ArrayList<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        if (plan.items("tests").isEmpty()) {
            plan.report("tests", "'tests' is needed: a list of what shall be measured");
        }
        List<TableReader> tests = plan.tables("tests");
        checkCount(tests);
        for (TableReader test : tests) {
            String name = test.needed("name", "for a test");
            if (name != null) {
                TableReader.checkName(test.position("name"), "test", name);
                Integer before = lines.putIfAbsent(name, test.position("name").line());
                if (before != null) {
                    test.report(
                            "name",
                            "the test " + Diagnostics.quoted(name) + " is already in line " + before
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
            if (count > TestMatrix.MAX_TESTS && isWithinLimit) {
                isWithinLimit = false;
                test.report(
                        "sweep",
                        "the sweeps of the tests up to this make more than " + TestMatrix.MAX_TESTS
                                + " combinations: give fewer values");
            }
        }
    }

    private TestDefinition read(String name, TableReader test) {
        List<NodeDirection> given = DirectionNames.read(test, "directions");
        List<String> only = test.texts("nodes");
        for (String node : only) {
            if (!nodes.contains(node)) {
                test.position("nodes").reportUnknown("node", node, nodes);
            }
        }
        Iperf2Options iperf2 = iperf2(test.table("iperf2"));
        var options = new TestOptions(test.position(), iperf2, style);
        List<TestVariant> variants = isWithinLimit ? new SweepReader(name, options).read(test) : List.of();
        if (test.has("iperf2")
                && !variants.isEmpty()
                && variants.stream().noneMatch(it -> it.engine() == null || it.engine() == EngineKind.IPERF2)) {
            test.report("iperf2", "only the engine iperf2 knows these options: 'engine: iperf2'");
        }
        List<Threshold> limits = ThresholdReader.read(test.table("thresholds"));
        if (!variants.isEmpty()) {
            checkFigures(test, limits, variants);
        }
        return new TestDefinition(test.position(), given.isEmpty() ? defaultDirections : given, only, variants, limits);
    }

    private static Iperf2Options iperf2(TableReader table) {
        List<String> client = new ArrayList<>();
        List<String> server = new ArrayList<>();
        for (String key : PlanKeys.IPERF2.names()) {
            Iperf2Parameter parameter = Iperf2Parameter.valueOf(key.toUpperCase(Locale.ROOT));
            String value = table.text(key);
            // a detached server is started by the lab in its own way
            if (value == null || parameter == Iperf2Parameter.DAEMON || (parameter.isSwitch() && !table.isTrue(key))) {
                continue;
            }
            String option = parameter.longOption();
            List<String> words = parameter.isSwitch() ? List.of(option) : List.of(option, value);
            if (parameter.isFor(true)) {
                client.addAll(words);
            }
            if (parameter.isFor(false)) {
                server.addAll(words);
            }
        }
        return new Iperf2Options(client, server, table.isTrue("daemon"));
    }

    /// A limit for what no variant measures would pass or fail for ever.
    private static void checkFigures(TableReader test, List<Threshold> limits, List<TestVariant> variants) {
        boolean hasDatagrams = variants.stream().anyMatch(TestsReader::isUdp);
        boolean hasStreams = variants.stream().anyMatch(it -> !isUdp(it));
        boolean isPitot = variants.stream().allMatch(it -> it.engine() == null || it.engine() == EngineKind.PITOT);
        boolean mayBeIperf2 = variants.stream().anyMatch(it -> it.engine() == EngineKind.IPERF2);
        for (Threshold limit : limits) {
            boolean isMeasured = switch (limit.figure()) {
                case BITRATE -> true;
                case LOSS, JITTER -> hasDatagrams;
                case RETRANSMITS -> hasStreams;
                case LOADED_RTT_P95 -> isPitot;
            };
            if (!isMeasured) {
                String needed = switch (limit.figure()) {
                    case RETRANSMITS -> "for TCP";
                    case LOADED_RTT_P95 -> "with the engine pitot";
                    default -> "with 'udp: true'";
                };
                test.report(
                        "thresholds", limit.figure().name().toLowerCase(Locale.ROOT) + " is only measured " + needed);
            } else if (limit.figure() == Threshold.ThresholdMetric.RETRANSMITS && mayBeIperf2) {
                test.report(
                        "thresholds",
                        "the engine iperf2 does not tell retransmits: leave out this limit, or take another engine");
            }
        }
    }

    private static boolean isUdp(TestVariant variant) {
        return variant.spec().settings().config().test().protocol() == Protocol.UDP;
    }
}
