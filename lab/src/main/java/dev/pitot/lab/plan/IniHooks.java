package dev.pitot.lab.plan;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    private final Map<String, OperatingSystem> devices;
    private final Map<String, OperatingSystem> trafficPc;
    private final Map<String, List<PlanValue>> hooks = new LinkedHashMap<>();
    private final List<PlanValue> monitors = new ArrayList<>();

    /// @param devices the nodes that may be touched and what they run, without the traffic PC
    /// @param trafficPc the traffic PC; empty if it may not be touched
    IniHooks(IniText ini, Map<String, OperatingSystem> devices, Map<String, OperatingSystem> trafficPc) {
        this.ini = ini;
        this.devices = devices;
        this.trafficPc = trafficPc;
    }

    List<PlanValue> monitors() {
        return monitors;
    }

    /// The hooks by what a plan calls their moments.
    Map<String, List<PlanValue>> hooks() {
        return hooks;
    }

    /// One component of a phase.
    ///
    /// @param phase the option that names it
    /// @param section that it has; its own name if it has none
    /// @param moment what a plan calls that
    void add(String component, Option phase, String section, String moment) {
        switch (component) {
            case "sleep" -> sleep(moment);
            case "timetorecovery" -> gate(phase, moment);
            case "watchlogs" -> ini.options("WATCHLOGS").forEach(this::monitor);
            case "commandwatch" -> commands();
            case "iperf" -> phase.report("'iperf' belongs in execute_test");
            default ->
                ini.note(
                        phase,
                        "[" + section.toUpperCase(Locale.ROOT) + "]: '" + component + "' of " + phase.name()
                                + " is not imported: write a hook for " + moment);
        }
    }

    private void hook(String moment, Entry entry) {
        hooks.computeIfAbsent(moment, _ -> new ArrayList<>()).add(new Mapping(entry.place(), List.of(entry)));
    }

    private void sleep(String moment) {
        Option time = ini.option("SLEEP", "time");
        if (time == null) {
            ini.position("SLEEP").report("[SLEEP] needs a 'time', such as 1 Hour");
        } else {
            hook(moment, time.length("pause"));
        }
    }

    private void gate(Option phase, String moment) {
        if (moment.startsWith("session")) {
            ini.note(
                    phase,
                    "[TIMETORECOVERY]: 'timetorecovery' of " + phase.name()
                            + " is not imported, as it needs a test's nodes: write a hook for " + moment);
            return;
        }
        List<Entry> entries = new ArrayList<>();
        for (Option option : ini.options("TIMETORECOVERY")) {
            switch (option.name()) {
                case "timeout" -> entries.add(option.length("timeout"));
                case "threshold", "target" -> entries.add(option.entry(option.name(), option.value()));
                default -> ini.note(option, "[TIMETORECOVERY]: '" + option.name() + "' is not used");
            }
        }
        SourcePosition position = ini.position("TIMETORECOVERY");
        hook(
                moment,
                entries.isEmpty()
                        ? IniValues.entry(position, "ping", "true")
                        : new Entry(position, "ping", new Mapping(position, entries)));
    }

    private void commands() {
        for (Option option : ini.options("COMMANDWATCH")) {
            if (option.name().equals("command")) {
                monitor(option, "follow_command", option.value(), null);
            } else if (option.value().contains(":")) {
                monitor(option);
            } else {
                ini.note(option, "[COMMANDWATCH]: '" + option.name() + "' is not used");
            }
        }
    }

    private void monitor(Option option) {
        Map<String, String> given = IniValues.dictionary(option);
        String type = given.getOrDefault("type", given.containsKey("command") ? "logcat" : "");
        String kind = WATCHES.get(type);
        if (kind == null) {
            option.position().reportUnknown("type of watcher", type, WATCHES.keySet());
            return;
        }
        String arguments = switch (kind) {
            case "logcat" -> given.getOrDefault("buffers", "");
            case "follow_command" -> given.getOrDefault("command", "") + " " + given.getOrDefault("arguments", "");
            case "follow_file" -> given.getOrDefault("path", given.getOrDefault("filename", ""));
            case "ping" -> given.getOrDefault("target", "");
            case "net_dev" -> given.getOrDefault("interface", "");
            default -> "";
        };
        monitor(option, kind, arguments, given.get("interval"));
    }

    private void monitor(Option option, String kind, String arguments, @Nullable String interval) {
        Map<String, OperatingSystem> all = new LinkedHashMap<>(devices);
        if (kind.equals("net_dev")) {
            all.putAll(trafficPc);
        }
        Monitor.Kind watched = KeyType.WATCH.meaning(kind);
        List<String> where = new ArrayList<>();
        all.forEach((node, system) -> {
            if (watched == null || MonitorsReader.isOn(watched, system)) {
                where.add(node);
            } else {
                ini.note(option, "'" + option.name() + "' is left out on node '" + node + "', which has no " + kind);
            }
        });
        if (where.isEmpty()) {
            ini.note(option, "'" + option.name() + "' watches no node: none may be touched");
            return;
        }
        List<Entry> entries = new ArrayList<>(List.of(option.entry("watch", kind), option.entry("node", where)));
        if (!arguments.isBlank()) {
            entries.add(option.entry("arguments", IniValues.words(arguments)));
        }
        if (interval != null) {
            entries.add(new Option("interval", interval, option.position()).length("interval"));
        }
        monitors.add(new Mapping(option.position(), entries));
    }
}
