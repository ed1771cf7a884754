package dev.pitot.lab.plan;

import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads apetools' files: iperf 2 between nodes and one traffic PC. What has no meaning outside
/// of apetools' lab is told in notes, and the rest is checked as a plan in YAML is. Any thread
/// may use it.
public final class IniImport {
    private static final String TEST = "TEST";
    private static final Map<String, String> PHASES = Map.of(
            "operation_setup", "session_start",
            "setup_test", "before_test",
            "execute_test", "before_test",
            "teardown_test", "after_test",
            "operation_teardown", "session_end");
    private static final List<String> PHASE_ORDER =
            List.of("operation_setup", "setup_test", "execute_test", "teardown_test", "operation_teardown");
    private static final Set<String> OTHERS =
            Set.of("output_folder", "data_file", "repeat", "tag", "recovery_time", "no_cleanup");

    private final IniText ini;
    private final Problems problems;
    private final List<String> notes = new ArrayList<>();
    private final List<Entry> plan = new ArrayList<>();

    private IniImport(IniText ini, Problems problems) {
        this.ini = ini;
        this.problems = problems;
    }

    /// Reads a file.
    ///
    /// @param home what `~/` in names of files stands for
    /// @throws PlanException if it cannot be read or is wrong
    public static Imported read(Path file, Path home) throws PlanException {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return read(file.toString(), PlanFile.text(file), new PlanFolders(parent == null ? home : parent, home));
    }

    /// Reads a text.
    ///
    /// @param name of the file, for complaints
    /// @param folders what names of files are relative to
    /// @throws PlanException if it is wrong
    public static Imported read(String name, String text, PlanFolders folders) throws PlanException {
        PlanFile.checkSize(name, text);
        var problems = new Problems(name);
        IniText ini = IniText.read(text, problems);
        problems.throwIfAny();
        var importer = new IniImport(ini, problems);
        Item.Table root = importer.root();
        return new Imported(PlanReader.read(root, problems, folders), importer.notes);
    }

    private Item.Table root() throws PlanException {
        for (String needed : List.of(TEST, "NODES", "TRAFFIC_PC")) {
            if (ini.section(needed) == null) {
                problems.add(Place.START, "there is no section [" + needed + "], which apetools' files need");
            }
        }
        problems.throwIfAny();
        var nodes = new IniNodes(ini, problems, notes);
        nodes.read("NODES");
        List<String> devices = List.copyOf(nodes.touched());
        List<String> trafficPcs = nodes.read("TRAFFIC_PC");
        String trafficPc = trafficPcs.isEmpty() ? null : trafficPcs.getFirst();
        if (trafficPcs.size() != 1) {
            problems.add(
                    ini.place("TRAFFIC_PC"),
                    "[TRAFFIC_PC] has one line: for several write a plan in YAML, with 'pairs'");
        }
        plan.add(new Entry(ini.place("NODES"), "nodes", new Item.Table(ini.place("NODES"), nodes.nodes())));
        if (trafficPc != null) {
            plan.add(IniValues.entry(ini.place("TRAFFIC_PC"), "traffic_pc", trafficPc));
        }
        var around = new IniAround(ini, problems, notes, nodes.nodes());
        around.watch(devices, trafficPc);
        phases(around);
        add("hooks", around.hooks().entries().isEmpty() ? null : around.hooks());
        add("watches", around.watches().isEmpty() ? null : new Rows(Place.START, around.watches()));
        rules();
        return new Item.Table(ini.place(TEST), plan);
    }

    private void phases(IniAround around) {
        boolean hasIperf = false;
        for (String phase : PHASE_ORDER) {
            Option option = ini.option(TEST, phase);
            if (option == null) {
                continue;
            }
            boolean isAfter = false;
            for (String word : IniValues.list(option.value())) {
                IniComponent component = component(option, word);
                if (component == IniComponent.IPERF && phase.equals("execute_test")) {
                    hasIperf = true;
                    isAfter = true;
                } else if (component != null) {
                    around.add(component, option, isAfter ? "after_test" : PHASES.getOrDefault(phase, phase));
                }
            }
        }
        if (hasIperf && ini.section("IPERF") != null) {
            Item test = new IniIperf(ini, problems, notes).test();
            plan.add(new Entry(ini.place("IPERF"), "tests", new Rows(ini.place("IPERF"), List.of(test))));
        } else if (!hasIperf) {
            problems.add(
                    ini.place(TEST), "'execute_test' of [TEST] has no iperf, and there is nothing else to measure");
        }
    }

    /// A component and its section; null if there is none, which is told.
    private @Nullable IniComponent component(Option phase, String word) {
        IniComponent component = IniComponent.named(word);
        if (component == null) {
            problems.unknown(phase.place(), "component", word, IniComponent.words());
            return null;
        }
        String section = component.section();
        if (section != null && ini.section(section) == null) {
            problems.add(
                    phase.place(),
                    "'" + component.word() + "' of " + phase.name() + " needs a section [" + section + "]");
            return null;
        }
        return component;
    }

    private void rules() {
        Place start = ini.place(TEST);
        Option repeat = ini.option(TEST, "repeat");
        if (repeat == null) {
            problems.add(start, "'repeat' of [TEST] is needed: how often all tests are done, 1 or more");
        } else {
            plan.add(IniValues.entry(repeat.place(), "repeat", repeat.value()));
        }
        Option tag = ini.option(TEST, "tag");
        if (tag != null) {
            plan.add(IniValues.entry(tag.place(), "title", tag.value()));
        }
        List<Entry> output = new ArrayList<>();
        Option folder = ini.option(TEST, "output_folder");
        if (folder != null) {
            output.add(IniValues.entry(folder.place(), "folder", folder.value()));
        }
        Option prefix = ini.option(TEST, "data_file");
        if (prefix != null) {
            output.add(IniValues.entry(prefix.place(), "prefix", prefix.value()));
        }
        add("output", output.isEmpty() ? null : new Item.Table(start, output));
        Option pause = ini.option(TEST, "recovery_time");
        if (pause != null) {
            Duration length = Durations.parseByFirstLetter(pause.value());
            plan.add(IniValues.entry(
                    pause.place(), "pause", length == null ? pause.value() : length.toMillis() + " ms"));
        }
        for (Option option : ini.options(TEST)) {
            if (option.name().equals("no_cleanup")) {
                notes.add("line " + option.place().line()
                        + ": [TEST]: 'no_cleanup' is not imported: press Ctrl-C twice to end at once");
            } else if (!PHASES.containsKey(option.name()) && !OTHERS.contains(option.name())) {
                notes.add("line " + option.place().line() + ": [TEST]: '" + option.name() + "' is not used");
            }
        }
    }

    private void add(String key, @Nullable Item value) {
        if (value != null) {
            plan.add(new Entry(value.place(), key, value));
        }
    }
}
