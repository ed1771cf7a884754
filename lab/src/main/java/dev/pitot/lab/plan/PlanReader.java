package dev.pitot.lab.plan;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.TestCase.Pair;
import dev.pitot.lab.plan.TestMatrix.NodePair;
import dev.pitot.lab.plan.TestMatrix.TestDefinition;
import dev.pitot.lab.plan.TestMatrix.TestVariant;
import dev.pitot.lab.tool.Engine;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a plan and checks all of it, before anything runs. Whatever a file holds, the answer is
/// a plan or a [PlanException] with everything that is wrong. Any thread may use it.
public final class PlanReader {
    private static final List<NodeDirection> BOTH = List.of(NodeDirection.TO_NODE, NodeDirection.FROM_NODE);

    private PlanReader() {}

    /// Reads a YAML text.
    ///
    /// @param name of the file, for complaints
    /// @param folders what names of files are relative to
    /// @throws PlanException if it is wrong
    public static Plan read(String name, String text, PlanFolders folders) throws PlanException {
        Diagnostics diagnostics = Plans.diagnostics(name, text);
        PlanValue root = YamlText.read(text, diagnostics);
        if (root == null) {
            diagnostics.start().report("this plan is empty: 'pitot lab sample' writes one to begin with");
            throw diagnostics.exception();
        }
        return read(root, folders);
    }

    /// Reads what a file in any language said. What was reported already is told, too.
    static Plan read(PlanValue root, PlanFolders folders) throws PlanException {
        Diagnostics diagnostics = root.position().diagnostics();
        TableReader table = TableReader.of(root, PlanKeys.PLAN);
        if (table == null) {
            root.report("a plan is a table with 'nodes' and 'tests'");
            throw diagnostics.exception();
        }
        Set<String> variableNames = VariablesReader.names(table);
        var nodesReader = new NodesReader(table, folders);
        Set<String> names = nodesReader.places().keySet();
        List<NodePair> pairs = names.isEmpty() ? List.of() : new PairsReader(names).read(table);
        OutputStyle style = table.table("output").choice("style", KeyType.STYLE);
        List<NodeDirection> usual = DirectionNames.read(table, "directions");
        List<TestDefinition> tests = new TestsReader(
                        style == null ? OutputStyle.EXACT : style, usual.isEmpty() ? BOTH : usual, names)
                .read(table);
        checkEnds(nodesReader, pairs, tests);
        var nodes = new PlanNodes(
                nodesReader.nodes(), names, pairs.stream().map(NodePair::node).collect(Collectors.toSet()));
        var hooks = new HooksReader(nodes, variableNames);
        var fixtures = new PlanFixtures(
                VariablesReader.read(table, hooks),
                hooks.hooks(table),
                new MonitorsReader(nodes, variableNames).read(table));
        SessionOptions options = options(table, table.table("output"));
        var matrix = new TestMatrix(
                table.whole("repeat"), pairs, tests, fixtures.variables(), VariablesReader.order(table, variableNames));
        if (matrix.count() > TestMatrix.MAX_TESTS) {
            table.report(
                    "tests",
                    "this plan has more than " + TestMatrix.MAX_TESTS
                            + " tests to run: repeat less, vary less, or make several plans");
        } else if (matrix.count() == 0 && diagnostics.isEmpty()) {
            table.report("tests", "no test is for any pair of nodes");
        }
        diagnostics.throwIfAny(); // before anything is made of it
        return new Plan(table.text("title", "pitot lab"), nodes.read(), matrix.all(), fixtures, options);
    }

    /// What the two ends of tests need.
    private static void checkEnds(NodesReader reader, List<NodePair> pairs, List<TestDefinition> tests) {
        Set<String> reported = new HashSet<>();
        for (NodePair ends : pairs) {
            reader.checkForTests(ends.node());
            reader.checkForTests(ends.peer());
            for (TestDefinition test : tests) {
                if (!test.isFor(ends.node())) {
                    continue;
                }
                checkPreferred(reader.nodes().get(ends.node()), reader.nodes().get(ends.peer()), test);
                for (NodeDirection direction : test.directions()) {
                    String sender = new Pair(ends.node(), ends.peer(), direction).sender();
                    Node node = reader.nodes().get(sender);
                    if (node != null && node.isUntouched() && reported.add(sender)) {
                        test.position()
                                .report("node '" + sender + "' is manual and can only receive: give this test"
                                        + " 'directions: " + (sender.equals(ends.node()) ? "to" : "from")
                                        + "', or 'nodes' without it");
                    }
                }
            }
        }
    }

    /// Options that iperf 2 lacks are wrong where nodes without a word of the test measure with it.
    private static void checkPreferred(@Nullable Node node, @Nullable Node peer, TestDefinition test) {
        if (node == null
                || peer == null
                || node.programs().preferred() != EngineKind.IPERF2
                || peer.programs().preferred() != EngineKind.IPERF2) {
            return;
        }
        for (TestVariant variant : test.variants()) {
            String obstacle = variant.engine() == null
                    ? Engine.obstacle(EngineKind.IPERF2, variant.spec().settings())
                    : null;
            if (obstacle != null) {
                test.position()
                        .report("both '" + node.name() + "' and '" + peer.name() + "' measure with iperf2: "
                                + obstacle);
                return;
            }
        }
    }

    private static SessionOptions options(TableReader table, TableReader output) {
        String prefix = output.text("prefix", "");
        if (!prefix.isEmpty()) {
            TableReader.checkName(output.position("prefix"), "prefix", prefix);
        }
        double maximum = OutputSettings.USUAL.maximumBitsPerSecond();
        String given = output.text("maximum");
        if (given != null) {
            maximum = ThresholdReader.bitrate(given);
            if (!(maximum > 0)) {
                output.report(
                        "maximum",
                        "'maximum' is a bitrate such as 10G or 400 Mbit/s, not " + Diagnostics.quoted(given));
            }
        }
        SeriesFormat series = output.choice("series", KeyType.SERIES);
        return new SessionOptions(
                new OutputSettings(
                        output.text("folder"), prefix, series == null ? SeriesFormat.DETAILED : series, maximum),
                table.whole("parallel"),
                table.duration("deadline"),
                table.whole("retries"),
                table.length("pause"),
                table.table("lease").length("wait"));
    }
}
