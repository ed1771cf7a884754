package dev.pitot.lab.plan;

import dev.pitot.lab.engine.TestSettings.OutputStyle;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.Cases.Ends;
import dev.pitot.lab.plan.TestCase.Heading;
import dev.pitot.lab.plan.TestCase.Pair;
import dev.pitot.lab.watch.Hook;
import dev.pitot.lab.watch.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a plan and checks all of it, before anything runs. Whatever a file holds, the answer is
/// a plan or a [PlanException] with everything that is wrong. Any thread may use it.
public final class PlanReader {
    private static final int MOST_RETRIES = 100;
    private static final int MOST_AT_ONCE = 1000;
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
        TableReader table = TableReader.of(root, Shape.PLAN, problems);
        if (table == null) {
            problems.add(root.place(), "a plan is a table with 'nodes' and 'tests'");
            problems.throwIfAny();
            table = TableReader.of(new Item.Table(Place.START, List.of()), Shape.PLAN, problems);
        }
        if (table == null) {
            throw new IllegalStateException("an empty table is a table");
        }
        String title = title(table);
        var reader = new NodesReader(problems, folders);
        reader.read(table);
        Map<String, Node> nodes = new LinkedHashMap<>(reader.nodes());
        Set<String> names = new LinkedHashSet<>(reader.places().keySet());
        List<Ends> pairs = names.isEmpty() ? List.of() : new PairsReader(problems, names).read(table);
        Item outputItem = table.item("output");
        TableReader output = outputItem == null ? null : TableReader.of(outputItem, Shape.OUTPUT, problems);
        OutputStyle style = output == null ? null : output.choice("style", Words.STYLES);
        List<Heading> usual = Headings.read(table, "directions", problems);
        List<TestDraft> tests = new TestsReader(
                        problems, style == null ? OutputStyle.EXACT : style, usual.isEmpty() ? BOTH : usual, names)
                .read(table);
        checkEnds(reader, pairs, tests);
        var hooksReader = new HooksReader(problems, nodes, names);
        List<Hook> hooks = hooksReader.hooks(table);
        List<Watch> watches = hooksReader.watches(table);
        Rules rules = rules(table, output);
        var cases = new Cases(table.whole("repeat", 1, Cases.MOST, 1), pairs, tests);
        if (cases.count() > Cases.MOST) {
            problems.add(
                    table.place("tests"),
                    "this plan has " + cases.count() + " tests to run, and " + Cases.MOST
                            + " are the most: repeat less, sweep less, or make several plans");
        } else if (cases.count() == 0 && problems.isEmpty()) {
            problems.add(table.place("tests"), "no test is for any pair of nodes");
        }
        problems.throwIfAny(); // before anything is made of it
        return new Plan(title, nodes, cases.all(), new Fixtures(List.of(), hooks, watches), rules);
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

    private Rules rules(TableReader table, @Nullable TableReader output) {
        String folder = output == null ? null : output.text("folder");
        String prefix = output == null ? "" : output.text("prefix", "");
        if (output != null) {
            if (folder != null && (folder.isBlank() || isUnfit(folder.replace("/", "")))) {
                problems.add(output.place("folder"), "'folder' is no name of a folder");
            }
            if (!prefix.isEmpty() && !TableReader.isSafe(prefix)) {
                TableReader.checkName(output.place("prefix"), "prefix", prefix, problems);
            }
        }
        Duration deadline = table.has("deadline") ? table.positive("deadline", Duration.ofMinutes(2)) : null;
        Duration pause = table.duration("pause");
        return new Rules(
                folder,
                prefix,
                table.whole("parallel", 1, MOST_AT_ONCE, 1),
                deadline,
                table.whole("retries", 0, MOST_RETRIES, 1),
                pause == null ? Duration.ZERO : pause);
    }

    private static boolean isUnfit(String name) {
        return name.chars().anyMatch(c -> c < ' ' || UNFIT_FOR_FILES.indexOf(c) >= 0);
    }
}
