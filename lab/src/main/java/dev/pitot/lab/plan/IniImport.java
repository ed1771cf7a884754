package dev.pitot.lab.plan;

import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Sequence;
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
    private final Diagnostics diagnostics;
    private final List<String> notes = new ArrayList<>();
    private final List<Entry> plan = new ArrayList<>();

    private IniImport(IniText ini, Diagnostics diagnostics) {
        this.ini = ini;
        this.diagnostics = diagnostics;
    }

    /// Reads a file.
    ///
    /// @param home what `~/` in names of files stands for
    /// @throws PlanException if it cannot be read or is wrong
    public static ImportResult read(Path file, Path home) throws PlanException {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return read(file.toString(), PlanFile.text(file), new PlanFolders(parent == null ? home : parent, home));
    }

    /// Reads a text.
    ///
    /// @param name of the file, for complaints
    /// @param folders what names of files are relative to
    /// @throws PlanException if it is wrong
    public static ImportResult read(String name, String text, PlanFolders folders) throws PlanException {
        PlanFile.checkSize(name, text);
        var diagnostics = new Diagnostics(name);
        IniText ini = IniText.read(text, diagnostics);
        diagnostics.throwIfAny();
        var importer = new IniImport(ini, diagnostics);
        PlanValue.Mapping root = importer.root();
        return new ImportResult(PlanReader.read(root, diagnostics, folders), importer.notes);
    }

    private PlanValue.Mapping root() throws PlanException {
        for (String needed : List.of(TEST, "NODES", "TRAFFIC_PC")) {
            if (ini.section(needed) == null) {
                diagnostics.add(
                        SourcePosition.START, "there is no section [" + needed + "], which apetools' files need");
            }
        }
        diagnostics.throwIfAny();
        var nodes = new IniNodes(ini, diagnostics, notes);
        nodes.read("NODES");
        List<String> devices = List.copyOf(nodes.touched());
        List<String> trafficPcs = nodes.read("TRAFFIC_PC");
        String trafficPc = trafficPcs.isEmpty() ? null : trafficPcs.getFirst();
        if (trafficPcs.size() != 1) {
            diagnostics.add(
                    ini.position("TRAFFIC_PC"),
                    "[TRAFFIC_PC] has one line: for several write a plan in YAML, with 'pairs'");
        }
        plan.add(
                new Entry(ini.position("NODES"), "nodes", new PlanValue.Mapping(ini.position("NODES"), nodes.nodes())));
        if (trafficPc != null) {
            plan.add(IniValues.entry(ini.position("TRAFFIC_PC"), "traffic_pc", trafficPc));
        }
        var around = new IniHooks(ini, diagnostics, notes, nodes.nodes());
        around.monitor(devices, trafficPc);
        phases(around);
        add("hooks", around.hooks().entries().isEmpty() ? null : around.hooks());
        add("watches", around.monitors().isEmpty() ? null : new Sequence(SourcePosition.START, around.monitors()));
        rules();
        return new PlanValue.Mapping(ini.position(TEST), plan);
    }

    private void phases(IniHooks around) {
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
            PlanValue test = new IniIperf(ini, diagnostics, notes).test();
            plan.add(new Entry(ini.position("IPERF"), "tests", new Sequence(ini.position("IPERF"), List.of(test))));
        } else if (!hasIperf) {
            diagnostics.add(
                    ini.position(TEST), "'execute_test' of [TEST] has no iperf, and there is nothing else to measure");
        }
    }

    /// A component and its section; null if there is none, which is told.
    private @Nullable IniComponent component(Option phase, String word) {
        IniComponent component = IniComponent.named(word);
        if (component == null) {
            diagnostics.unknown(phase.position(), "component", word, IniComponent.keywords());
            return null;
        }
        String section = component.section();
        if (section != null && ini.section(section) == null) {
            diagnostics.add(
                    phase.position(),
                    "'" + component.keyword() + "' of " + phase.name() + " needs a section [" + section + "]");
            return null;
        }
        return component;
    }

    private void rules() {
        SourcePosition start = ini.position(TEST);
        Option repeat = ini.option(TEST, "repeat");
        if (repeat == null) {
            diagnostics.add(start, "'repeat' of [TEST] is needed: how often all tests are done, 1 or more");
        } else {
            plan.add(IniValues.entry(repeat.position(), "repeat", repeat.value()));
        }
        Option tag = ini.option(TEST, "tag");
        if (tag != null) {
            plan.add(IniValues.entry(tag.position(), "title", tag.value()));
        }
        List<Entry> output = new ArrayList<>();
        Option folder = ini.option(TEST, "output_folder");
        if (folder != null) {
            output.add(IniValues.entry(folder.position(), "folder", folder.value()));
        }
        Option prefix = ini.option(TEST, "data_file");
        if (prefix != null) {
            output.add(IniValues.entry(prefix.position(), "prefix", prefix.value()));
        }
        add("output", output.isEmpty() ? null : new PlanValue.Mapping(start, output));
        Option pause = ini.option(TEST, "recovery_time");
        if (pause != null) {
            Duration length = DurationParser.parseByFirstLetter(pause.value());
            plan.add(IniValues.entry(
                    pause.position(), "pause", length == null ? pause.value() : length.toMillis() + " ms"));
        }
        for (Option option : ini.options(TEST)) {
            if (option.name().equals("no_cleanup")) {
                notes.add("line " + option.position().line()
                        + ": [TEST]: 'no_cleanup' is not imported: press Ctrl-C twice to end at once");
            } else if (!PHASES.containsKey(option.name()) && !OTHERS.contains(option.name())) {
                notes.add("line " + option.position().line() + ": [TEST]: '" + option.name() + "' is not used");
            }
        }
    }

    private void add(String key, @Nullable PlanValue value) {
        if (value != null) {
            plan.add(new Entry(value.position(), key, value));
        }
    }
}
