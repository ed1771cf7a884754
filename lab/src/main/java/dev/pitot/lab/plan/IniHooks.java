package dev.pitot.lab.plan;

import dev.pitot.lab.monitor.Monitor;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// apetools' components around tests as hooks and watches of a plan. What drives machines of the
/// lab becomes a note. One thread.
final class IniHooks {
    private static final Map<String, String> WATCHES = Map.of(
            "adblogcat", "logcat",
            "logcat", "follow_command",
            "commandwatch", "follow_command",
            "logfollow", "follow_file",
            "rssi", "signal",
            "device", "signal",
            "procnetdev", "net_dev",
            "cpu", "cpu",
            "battery", "battery",
            "pingwatcher", "ping");

    private final IniText ini;
    private final Diagnostics diagnostics;
    private final List<String> notes;
    private final PlanValue.Mapping systems;
    private List<String> devices = List.of();
    private @Nullable String trafficPc;
    private final Map<String, List<PlanValue>> hooks = new LinkedHashMap<>();
    private final List<PlanValue> monitors = new ArrayList<>();

    /// @param nodes all, as a plan has them
    IniHooks(IniText ini, Diagnostics diagnostics, List<String> notes, List<Entry> nodes) {
        this.ini = ini;
        this.diagnostics = diagnostics;
        this.notes = notes;
        systems = new PlanValue.Mapping(SourcePosition.START, nodes);
    }

    /// Takes note of the nodes that watches are for.
    ///
    /// @param names of those that may be touched, without the traffic PC
    void monitor(List<String> names, @Nullable String pc) {
        devices = List.copyOf(names);
        trafficPc = pc;
    }

    List<PlanValue> monitors() {
        return monitors;
    }

    PlanValue.Mapping hooks() {
        List<Entry> entries = new ArrayList<>();
        hooks.forEach((moment, items) ->
                entries.add(new Entry(SourcePosition.START, moment, new Sequence(SourcePosition.START, items))));
        return new PlanValue.Mapping(SourcePosition.START, entries);
    }

    /// One component of a phase.
    ///
    /// @param phase the option that names it
    /// @param moment what a plan calls that
    void add(IniComponent component, Option phase, String moment) {
        if (!component.isImported()) {
            notes.add("line " + phase.position().line() + ": ["
                    + (component.section() == null ? component.name() : component.section()) + "]: '"
                    + component.keyword() + "' of " + phase.name() + " is not imported: write a hook for " + moment);
            return;
        }
        switch (component) {
            case SLEEP -> sleep(moment);
            case TIMETORECOVERY -> gate(phase, moment);
            case WATCHLOGS -> ini.options("WATCHLOGS").forEach(this::monitor);
            case COMMANDWATCH -> commands();
            case IPERF,
                    OSCILLATE,
                    OSCILLATESTOP,
                    ROTATE,
                    POWERON,
                    POWEROFF,
                    APCONNECT,
                    NAXXX,
                    BUSYBOXWGET,
                    NERS,
                    DUMPDEVICESTATE ->
                diagnostics.add(phase.position(), "'" + component.keyword() + "' belongs in execute_test");
        }
    }

    private void hook(String moment, SourcePosition position, String kind, PlanValue value) {
        hooks.computeIfAbsent(moment, _ -> new ArrayList<>())
                .add(new PlanValue.Mapping(position, List.of(new Entry(position, kind, value))));
    }

    private void sleep(String moment) {
        Option time = ini.option("SLEEP", "time");
        String length = time == null ? null : seconds(time);
        if (time == null) {
            diagnostics.add(ini.position("SLEEP"), "[SLEEP] needs a 'time', such as 1 Hour");
        } else if (length != null) {
            hook(moment, time.position(), "pause", IniValues.text(time.position(), length));
        }
    }

    private void gate(Option phase, String moment) {
        if (moment.startsWith("session")) {
            notes.add("line " + phase.position().line() + ": [TIMETORECOVERY]: 'timetorecovery' of " + phase.name()
                    + " is not imported, as it needs a test's nodes: write a hook for " + moment);
            return;
        }
        SourcePosition position = ini.position("TIMETORECOVERY");
        List<Entry> entries = new ArrayList<>();
        for (Option option : ini.options("TIMETORECOVERY")) {
            switch (option.name()) {
                case "timeout" -> {
                    String timeout = seconds(option);
                    if (timeout != null) {
                        entries.add(IniValues.entry(option.position(), "timeout", timeout));
                    }
                }
                case "threshold", "target" ->
                    entries.add(IniValues.entry(option.position(), option.name(), option.value()));
                default ->
                    notes.add("line " + option.position().line() + ": [TIMETORECOVERY]: '" + option.name()
                            + "' is not used");
            }
        }
        hook(
                moment,
                position,
                "ping",
                entries.isEmpty() ? IniValues.text(position, "true") : IniValues.table(position, entries));
    }

    private void commands() {
        for (Option option : ini.options("COMMANDWATCH")) {
            if (option.name().equals("command")) {
                monitor(option, "follow_command", option.value(), null);
            } else if (option.value().contains(":")) {
                monitor(option);
            } else {
                notes.add("line " + option.position().line() + ": [COMMANDWATCH]: '" + option.name() + "' is not used");
            }
        }
    }

    private void monitor(Option option) {
        Map<String, String> given = IniValues.dictionary(option, diagnostics);
        String type = given.getOrDefault("type", given.containsKey("command") ? "logcat" : "");
        String kind = WATCHES.get(type);
        if (kind == null) {
            diagnostics.unknown(option.position(), "type of watcher", type, WATCHES.keySet());
            return;
        }
        String arguments = switch (kind) {
            case "logcat" -> given.getOrDefault("buffers", "");
            case "follow_command" ->
                (given.getOrDefault("command", "") + " " + given.getOrDefault("arguments", "")).strip();
            case "follow_file" -> given.getOrDefault("path", given.getOrDefault("filename", ""));
            case "ping" -> given.getOrDefault("target", "");
            case "net_dev" -> given.getOrDefault("interface", "");
            default -> "";
        };
        monitor(option, kind, arguments, given.get("interval"));
    }

    private void monitor(Option option, String kind, String arguments, @Nullable String interval) {
        List<String> where = new ArrayList<>(devices);
        if (kind.equals("net_dev") && trafficPc != null) {
            where.add(trafficPc);
        }
        Monitor.Kind watched = EnumKeywords.WATCHES.meaning(kind);
        for (String node : List.copyOf(where)) {
            if (watched != null && !MonitorsReader.isOn(watched, system(node))) {
                where.remove(node);
                notes.add("line " + option.position().line() + ": '" + option.name() + "' is left out on node '" + node
                        + "', which has no " + kind);
            }
        }
        if (where.isEmpty()) {
            notes.add("line " + option.position().line() + ": '" + option.name()
                    + "' watches no node: none may be touched");
            return;
        }
        SourcePosition position = option.position();
        List<Entry> entries = new ArrayList<>(List.of(
                IniValues.entry(position, "watch", kind),
                new Entry(position, "node", IniValues.rows(position, where))));
        if (!arguments.isEmpty()) {
            entries.add(new Entry(position, "arguments", IniValues.blankSeparated(position, arguments)));
        }
        if (interval != null) {
            Duration length = DurationParser.parseByFirstLetter(interval);
            entries.add(IniValues.entry(position, "interval", length == null ? interval : length.toMillis() + " ms"));
        }
        monitors.add(IniValues.table(position, entries));
    }

    private OperatingSystem system(String node) {
        Entry entry = systems.entry(node);
        TableReader table = entry == null ? null : TableReader.ofAnyKeys(entry.value(), new Diagnostics(""));
        OperatingSystem system = table == null ? null : table.choice("system", EnumKeywords.SYSTEMS);
        boolean isAdb = table != null && table.text("connection", "").startsWith("adb");
        return system == null ? isAdb ? OperatingSystem.ANDROID : OperatingSystem.LINUX : system;
    }

    private @Nullable String seconds(Option option) {
        Duration length = DurationParser.parseByFirstLetter(option.value());
        if (length == null) {
            diagnostics.add(
                    option.position(),
                    "'" + option.name() + "' needs a length of time such as 10, 1 Hour or 2 days 3 hours, not "
                            + Diagnostics.quoted(option.value()));
            return null;
        }
        return length.toMillis() + " ms";
    }
}
