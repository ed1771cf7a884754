package dev.pitot.lab.plan;

import dev.pitot.lab.engine.TestSettings.OutputStyle;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.Cases.Ends;
import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import dev.pitot.lab.plan.TestCase.Heading;
import dev.pitot.lab.plan.TestCase.Pair;
import dev.pitot.lab.watch.Hook;
import dev.pitot.lab.watch.Watch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a plan and checks all of it, before anything runs. Whatever a file holds, the answer is
/// a plan or a [PlanException] with everything that is wrong. Any thread may use it.
public final class PlanReader {
    private static final List<Heading> BOTH = List.of(Heading.TO_NODE, Heading.FROM_NODE);
    private static final String UNFIT_FOR_FILES = "/\\:*?\"<>|";

    private final Problems problems;
    private final PlanFolders folders;

    private PlanReader(Problems problems, PlanFolders folders) {
        this.problems = problems;
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
        var problems = new Problems(name);
        Item root = YamlText.read(text, problems);
        if (root == null) {
            if (problems.isEmpty()) {
                problems.add(Place.START, "this plan is empty: 'pitot lab sample' writes one to begin with");
            }
            problems.throwIfAny();
        }
        return read(root == null ? new Item.Table(Place.START, List.of()) : root, problems, folders);
    }

    /// Reads what a file in any language said. What is in the problems already is told, too.
    static Plan read(Item root, Problems problems, PlanFolders folders) throws PlanException {
        Plan plan = new PlanReader(problems, folders).plan(root);
        problems.throwIfAny();
        return plan;
    }

    private Plan plan(Item root) throws PlanException {
        TableReader table = TableReader.of(root, PlanKeys.PLAN, problems);
        if (table == null) {
            problems.add(root.place(), "a plan is a table with 'nodes' and 'tests'");
            problems.throwIfAny();
            throw new IllegalStateException("nothing is wrong with what is no table");
        }
        String title = title(table);
        Set<String> variableNames = VariablesReader.names(table);
        var nodesReader = new NodesReader(problems, folders);
        nodesReader.read(table);
        Map<String, Node> nodes = new LinkedHashMap<>(nodesReader.nodes());
        Set<String> names = new LinkedHashSet<>(nodesReader.places().keySet());
        List<Ends> pairs = names.isEmpty() ? List.of() : new PairsReader(problems, names).read(table);
        TableReader output = table.table("output");
        OutputStyle style = output.choice("style", Words.STYLES);
        List<Heading> usual = Headings.read(table, "directions", problems);
        List<TestDraft> tests = new TestsReader(
                        problems, style == null ? OutputStyle.EXACT : style, usual.isEmpty() ? BOTH : usual, names)
                .read(table);
        checkEnds(nodesReader, pairs, tests);
        var planNodes =
                new PlanNodes(nodes, names, pairs.stream().map(Ends::node).collect(Collectors.toSet()));
        var hooksReader = new HooksReader(problems, planNodes, variableNames);
        List<Hook> hooks = hooksReader.hooks(table);
        List<Watch> watches = new WatchesReader(problems, planNodes, variableNames).read(table);
        var variablesReader = new VariablesReader(problems);
        List<Variable> variables = variablesReader.read(table, hooksReader);
        Rules rules = rules(table, output);
        var cases =
                new Cases(table.whole("repeat"), pairs, tests, variables, variablesReader.order(table, variableNames));
        if (cases.count() > Cases.MOST) {
            problems.add(
                    table.place("tests"),
                    "this plan has more than " + Cases.MOST + " tests to run: repeat less, vary less, or make several"
                            + " plans");
        } else if (cases.count() == 0 && problems.isEmpty()) {
            problems.add(table.place("tests"), "no test is for any pair of nodes");
        }
        problems.throwIfAny(); // before anything is made of it
        return new Plan(title, nodes, cases.all(), new Fixtures(variables, hooks, watches), rules);
    }

    private String title(TableReader table) {
        String title = table.text("title", "pitot lab");
        if (title.isBlank() || title.chars().anyMatch(c -> c < ' ')) {
            problems.add(table.place("title"), "'title' is one line of text");
        }
        return title;
    }

    /// What the two ends of tests need.
    private void checkEnds(NodesReader reader, List<Ends> pairs, List<TestDraft> tests) {
        Set<String> taking = new LinkedHashSet<>();
        Set<String> told = new LinkedHashSet<>();
        for (Ends ends : pairs) {
            taking.add(ends.node());
            taking.add(ends.peer());
            for (TestDraft test : tests) {
                for (Heading heading : test.isFor(ends.node()) ? test.headings() : List.<Heading>of()) {
                    String sender = new Pair(ends.node(), ends.peer(), heading).sender();
                    Node node = reader.nodes().get(sender);
                    if (node != null && node.door() instanceof Door.Manual && told.add(sender)) {
                        problems.add(
                                test.place(),
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

    private Rules rules(TableReader table, TableReader output) {
        String folder = output.text("folder");
        String prefix = output.text("prefix", "");
        if (folder != null && (folder.isBlank() || isUnfit(folder.replace("/", "")))) {
            problems.add(output.place("folder"), "'folder' must be the name of a folder");
        }
        if (!prefix.isEmpty()) {
            TableReader.checkName(output.place("prefix"), "prefix", prefix, problems);
        }
        double maximum = OutputSettings.USUAL.maximumBitsPerSecond();
        String given = output.text("maximum");
        if (given != null) {
            maximum = ThresholdReader.bitrate(given);
            if (!(maximum > 0)) {
                problems.add(
                        output.place("maximum"),
                        "'maximum' is a bitrate such as 10G or 400 Mbit/s, not " + Problems.quoted(given));
            }
        }
        SeriesFormat series = output.choice("series", Words.SERIES);
        return new Rules(
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
