package dev.pitot.lab.plan;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads apetools' files: iperf 2 between nodes and one traffic PC. What has no meaning outside
/// of apetools' lab is told in notes, and the rest is checked as a plan in YAML is. One thread.
final class IniImport {
    private static final String TEST = "TEST";
    private static final Map<String, String> PHASES = Map.of(
            "operation_setup", "session_start",
            "setup_test", "before_test",
            "execute_test", "before_test",
            "teardown_test", "after_test",
            "operation_teardown", "session_end");
    private static final List<String> PHASE_ORDER =
            List.of("operation_setup", "setup_test", "execute_test", "teardown_test", "operation_teardown");
    /// apetools' components (its builders), with the sections that they need; empty for none.
    private static final Map<String, String> COMPONENTS = Map.ofEntries(
            Map.entry("iperf", "IPERF"),
            Map.entry("sleep", "SLEEP"),
            Map.entry("timetorecovery", ""),
            Map.entry("watchlogs", "WATCHLOGS"),
            Map.entry("commandwatch", "COMMANDWATCH"),
            Map.entry("oscillate", "OSCILLATE"),
            Map.entry("oscillatestop", "OSCILLATE"),
            Map.entry("rotate", "ROTATE"),
            Map.entry("poweron", "POWERON"),
            Map.entry("poweroff", "POWERON"),
            Map.entry("apconnect", "APCONNECT"),
            Map.entry("naxxx", "NAXXX"),
            Map.entry("busyboxwget", "BUSYBOXWGET"),
            Map.entry("ners", ""),
            Map.entry("dumpdevicestate", ""));
    private static final Map<String, String> OUTPUT = Map.of("output_folder", "folder", "data_file", "prefix");
    private static final Set<String> OTHERS = Set.of("repeat", "tag", "recovery_time");

    private final IniText ini;
    private final List<Entry> plan = new ArrayList<>();

    private IniImport(IniText ini) {
        this.ini = ini;
    }

    /// Reads a text.
    ///
    /// @param name of the file, for complaints
    /// @param folders what names of files are relative to
    /// @throws PlanException if it is wrong
    static ImportResult read(String name, String text, PlanFolders folders) throws PlanException {
        Diagnostics diagnostics = Plans.diagnostics(name, text);
        IniText ini = IniText.read(text, diagnostics);
        diagnostics.throwIfAny();
        for (String needed : List.of(TEST, "NODES", "TRAFFIC_PC")) {
            if (ini.section(needed) == null) {
                diagnostics.start().report("there is no section [" + needed + "], which apetools' files need");
            }
        }
        diagnostics.throwIfAny();
        Mapping root = new IniImport(ini).root();
        return new ImportResult(PlanReader.read(root, folders), ini.notes());
    }

    private Mapping root() {
        var nodes = new IniNodes(ini);
        List<String> names = nodes.read("NODES");
        List<String> trafficPcs = nodes.read("TRAFFIC_PC");
        if (trafficPcs.size() != 1) {
            ini.position("TRAFFIC_PC")
                    .report("[TRAFFIC_PC] has one line: for several write a plan in YAML, with 'pairs'");
        } else {
            plan.add(IniValues.entry(ini.position("TRAFFIC_PC"), "traffic_pc", trafficPcs.getFirst()));
        }
        SourcePosition start = ini.position("NODES");
        plan.add(new Entry(start, "nodes", new Mapping(start, nodes.nodes())));
        Map<String, OperatingSystem> devices = new LinkedHashMap<>(nodes.touched());
        Map<String, OperatingSystem> trafficPc = new HashMap<>(nodes.touched());
        devices.keySet().retainAll(names);
        trafficPc.keySet().retainAll(trafficPcs);
        var around = new IniHooks(ini, devices, trafficPc);
        phases(around);
        List<Entry> hooks = new ArrayList<>();
        around.hooks().forEach((moment, all) -> hooks.add(new Entry(start, moment, new Sequence(start, all))));
        plan.add(new Entry(start, "hooks", new Mapping(start, hooks)));
        plan.add(new Entry(start, "watches", new Sequence(start, around.monitors())));
        rules();
        return new Mapping(ini.position(TEST), plan);
    }

    private void phases(IniHooks around) {
        boolean hasIperf = false;
        for (String phase : PHASE_ORDER) {
            Option option = ini.option(TEST, phase);
            boolean isAfter = false;
            for (String word : option == null ? List.<String>of() : IniValues.list(option.value())) {
                String component = word.toLowerCase(Locale.ROOT);
                String section = option == null ? null : section(option, component);
                if (option == null || section == null) {
                    continue;
                }
                if (component.equals("iperf") && phase.equals("execute_test")) {
                    hasIperf = true;
                    isAfter = true;
                } else {
                    String moment = isAfter ? "after_test" : PHASES.getOrDefault(phase, phase);
                    around.add(component, option, section.isEmpty() ? component : section, moment);
                }
            }
        }
        SourcePosition position = ini.position("IPERF");
        if (hasIperf) {
            plan.add(new Entry(position, "tests", new Sequence(position, List.of(new IniIperf(ini).test()))));
        } else {
            ini.position(TEST).report("'execute_test' of [TEST] has no iperf, and there is nothing else to measure");
        }
    }

    /// The section of a component; empty if it has none, null if that is wrong, which is reported.
    private @Nullable String section(Option phase, String component) {
        String section = COMPONENTS.get(component);
        if (section == null) {
            phase.position().reportUnknown("component", component, COMPONENTS.keySet());
        } else if (!section.isEmpty() && ini.section(section) == null) {
            phase.report("'" + component + "' of " + phase.name() + " needs a section [" + section + "]");
            return null;
        }
        return section;
    }

    private void rules() {
        SourcePosition start = ini.position(TEST);
        Option repeat = ini.option(TEST, "repeat");
        if (repeat == null) {
            start.report("'repeat' of [TEST] is needed: how often all tests are done, 1 or more");
        } else {
            plan.add(repeat.entry("repeat", repeat.value()));
        }
        Option tag = ini.option(TEST, "tag");
        if (tag != null) {
            plan.add(tag.entry("title", tag.value()));
        }
        List<Entry> output = new ArrayList<>();
        OUTPUT.forEach((name, key) -> {
            Option option = ini.option(TEST, name);
            if (option != null) {
                output.add(option.entry(key, option.value()));
            }
        });
        plan.add(new Entry(start, "output", new Mapping(start, output)));
        Option pause = ini.option(TEST, "recovery_time");
        if (pause != null) {
            plan.add(pause.length("pause"));
        }
        for (Option option : ini.options(TEST)) {
            String name = option.name();
            if (name.equals("no_cleanup")) {
                ini.note(option, "[TEST]: 'no_cleanup' is not imported: press Ctrl-C twice to end at once");
            } else if (!PHASES.containsKey(name) && !OUTPUT.containsKey(name) && !OTHERS.contains(name)) {
                ini.note(option, "[TEST]: '" + name + "' is not used");
            }
        }
    }
}
