package dev.pitot.lab.plan;

import dev.pitot.lab.hook.Hook;
import dev.pitot.lab.monitor.Monitor;
import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.TestCase.Pair;
import dev.pitot.lab.plan.TestMatrix.NodePair;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a plan and checks all of it, before anything runs. Whatever a file holds, the answer is
/// a plan or a [PlanException] with everything that is wrong. Any thread may use it.
public final class PlanReader {
    private static final List<NodeDirection> BOTH = List.of(NodeDirection.TO_NODE, NodeDirection.FROM_NODE);
    private static final String UNFIT_FOR_FILES = "/\\:*?\"<>|";

    private final Diagnostics diagnostics;
    private final PlanFolders folders;

    private PlanReader(Diagnostics diagnostics, PlanFolders folders) {
        this.diagnostics = diagnostics;
        this.folders = folders;
    }

    /// Reads a YAML file.
    ///
    /// @param home what `~/` in names of files stands for
    /// @throws PlanException if it cannot be read or is wrong
    public static Plan read(Path file, Path home) throws PlanException {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return read(file.toString(), PlanFile.text(file), new PlanFolders(parent == null ? home : parent, home));
    }

    /// Reads a YAML text.
    ///
    /// @param name of the file, for complaints
    /// @param folders what names of files are relative to
    /// @throws PlanException if it is wrong
    public static Plan read(String name, String text, PlanFolders folders) throws PlanException {
        PlanFile.checkSize(name, text);
        var diagnostics = new Diagnostics(name);
        PlanValue root = YamlText.read(text, diagnostics);
        if (root == null) {
            if (diagnostics.isEmpty()) {
                diagnostics.add(
                        SourcePosition.START, "this plan is empty: 'pitot lab sample' writes one to begin with");
            }
            diagnostics.throwIfAny();
        }
        return read(root == null ? new PlanValue.Mapping(SourcePosition.START, List.of()) : root, diagnostics, folders);
    }

    /// Reads what a file in any language said. What is in the problems already is told, too.
    static Plan read(PlanValue root, Diagnostics diagnostics, PlanFolders folders) throws PlanException {
        Plan plan = new PlanReader(diagnostics, folders).plan(root);
        diagnostics.throwIfAny();
        return plan;
    }

    private Plan plan(PlanValue root) throws PlanException {
        TableReader table = TableReader.of(root, PlanKeys.PLAN, diagnostics);
        if (table == null) {
            diagnostics.add(root.position(), "a plan is a table with 'nodes' and 'tests'");
            diagnostics.throwIfAny();
            throw new IllegalStateException("nothing is wrong with what is no table");
        }
        String title = title(table);
        Set<String> variableNames = VariablesReader.names(table);
        var nodesReader = new NodesReader(diagnostics, folders);
        nodesReader.read(table);
        Map<String, Node> nodes = new LinkedHashMap<>(nodesReader.nodes());
        Set<String> names = new LinkedHashSet<>(nodesReader.places().keySet());
        List<NodePair> pairs = names.isEmpty() ? List.of() : new PairsReader(diagnostics, names).read(table);
        TableReader output = table.table("output");
        OutputStyle style = output.choice("style", EnumKeywords.STYLES);
        List<NodeDirection> usual = DirectionNames.read(table, "directions", diagnostics);
        List<TestDefinition> tests = new TestsReader(
                        diagnostics, style == null ? OutputStyle.EXACT : style, usual.isEmpty() ? BOTH : usual, names)
                .read(table);
        checkEnds(nodesReader, pairs, tests);
        var planNodes =
                new PlanNodes(nodes, names, pairs.stream().map(NodePair::node).collect(Collectors.toSet()));
        var hooksReader = new HooksReader(diagnostics, planNodes, variableNames);
        List<Hook> hooks = hooksReader.hooks(table);
        List<Monitor> watches = new MonitorsReader(diagnostics, planNodes, variableNames).read(table);
        var variablesReader = new VariablesReader(diagnostics);
        List<Variable> variables = variablesReader.read(table, hooksReader);
        SessionOptions options = rules(table, output);
        var cases = new TestMatrix(
                table.whole("repeat"), pairs, tests, variables, variablesReader.order(table, variableNames));
        if (cases.count() > TestMatrix.MAX_TESTS) {
            diagnostics.add(
                    table.position("tests"),
                    "this plan has more than " + TestMatrix.MAX_TESTS
                            + " tests to run: repeat less, vary less, or make several" + " plans");
        } else if (cases.count() == 0 && diagnostics.isEmpty()) {
            diagnostics.add(table.position("tests"), "no test is for any pair of nodes");
        }
        diagnostics.throwIfAny(); // before anything is made of it
        return new Plan(title, nodes, cases.all(), new PlanFixtures(variables, hooks, watches), options);
    }

    private String title(TableReader table) {
        String title = table.text("title", "pitot lab");
        if (title.isBlank() || title.chars().anyMatch(c -> c < ' ')) {
            diagnostics.add(table.position("title"), "'title' is one line of text");
        }
        return title;
    }

    /// What the two ends of tests need.
    private void checkEnds(NodesReader reader, List<NodePair> pairs, List<TestDefinition> tests) {
        Set<String> taking = new LinkedHashSet<>();
        Set<String> told = new LinkedHashSet<>();
        for (NodePair ends : pairs) {
            taking.add(ends.node());
            taking.add(ends.peer());
            for (TestDefinition test : tests) {
                if (test.isFor(ends.node())) {
                    checkPreferred(
                            reader.nodes().get(ends.node()), reader.nodes().get(ends.peer()), test);
                }
                for (NodeDirection direction : test.isFor(ends.node()) ? test.directions() : List.<NodeDirection>of()) {
                    String sender = new Pair(ends.node(), ends.peer(), direction).sender();
                    Node node = reader.nodes().get(sender);
                    if (node != null
                            && node.connectionSettings() instanceof ConnectionSettings.Manual
                            && told.add(sender)) {
                        diagnostics.add(
                                test.position(),
                                "node '" + sender + "' is manual and can only receive: give this test"
                                        + " 'directions: " + (sender.equals(ends.node()) ? "to" : "from")
                                        + "', or 'nodes' without it");
                    }
                }
            }
        }
        for (String name : taking) {
            Node node = reader.nodes().get(name);
            if (node != null) {
                reader.checkForTests(node);
            }
        }
    }

    /// Options that iperf 2 lacks are wrong where nodes without a word of the test measure with it.
    private void checkPreferred(@Nullable Node node, @Nullable Node peer, TestDefinition test) {
        if (node == null
                || peer == null
                || node.programs().preferred() != EngineKind.IPERF2
                || peer.programs().preferred() != EngineKind.IPERF2) {
            return;
        }
        for (TestVariant variant : test.variants()) {
            try {
                if (variant.engine() == null) {
                    TestOptions.checkEngine(variant.spec().settings(), EngineKind.IPERF2);
                }
            } catch (IllegalArgumentException e) {
                diagnostics.add(
                        test.position(),
                        "both '" + node.name() + "' and '" + peer.name() + "' measure with iperf2: " + e.getMessage());
                return;
            }
        }
    }

    private SessionOptions rules(TableReader table, TableReader output) {
        String folder = output.text("folder");
        String prefix = output.text("prefix", "");
        if (folder != null && (folder.isBlank() || isUnfit(folder.replace("/", "")))) {
            diagnostics.add(output.position("folder"), "'folder' must be the name of a folder");
        }
        if (!prefix.isEmpty()) {
            TableReader.checkName(output.position("prefix"), "prefix", prefix, diagnostics);
        }
        double maximum = OutputSettings.USUAL.maximumBitsPerSecond();
        String given = output.text("maximum");
        if (given != null) {
            maximum = ThresholdReader.bitrate(given);
            if (!(maximum > 0)) {
                diagnostics.add(
                        output.position("maximum"),
                        "'maximum' is a bitrate such as 10G or 400 Mbit/s, not " + Diagnostics.quoted(given));
            }
        }
        SeriesFormat series = output.choice("series", EnumKeywords.SERIES);
        return new SessionOptions(
                new OutputSettings(folder, prefix, series == null ? SeriesFormat.DETAILED : series, maximum),
                table.whole("parallel"),
                table.duration("deadline"),
                table.whole("retries"),
                table.length("pause"),
                table.table("lease").length("wait"));
    }

    private static boolean isUnfit(String name) {
        return name.chars().anyMatch(c -> c < ' ' || UNFIT_FOR_FILES.indexOf(c) >= 0);
    }
}
