package dev.pitot.lab.plan;

import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Rows;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.watch.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// apetools' components around tests as hooks and watches of a plan. What drives machines of the
/// lab becomes a note. One thread.
final class IniAround {
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
    private final Problems problems;
    private final List<String> notes;
    private final Item.Table systems;
    private List<String> devices = List.of();
    private @Nullable String trafficPc;
    private final Map<String, List<Item>> hooks = new LinkedHashMap<>();
    private final List<Item> watches = new ArrayList<>();

    /// @param nodes all, as a plan has them
    IniAround(IniText ini, Problems problems, List<String> notes, List<Entry> nodes) {
        this.ini = ini;
        this.problems = problems;
        this.notes = notes;
        systems = new Item.Table(Place.START, nodes);
    }

    /// Takes note of the nodes that watches are for.
    ///
    /// @param names of those that may be touched, without the traffic PC
    void watch(List<String> names, @Nullable String pc) {
        devices = List.copyOf(names);
        trafficPc = pc;
    }

    List<Item> watches() {
        return watches;
    }

    Item.Table hooks() {
        List<Entry> entries = new ArrayList<>();
        hooks.forEach((moment, items) -> entries.add(new Entry(Place.START, moment, new Rows(Place.START, items))));
        return new Item.Table(Place.START, entries);
    }

    /// One component of a phase.
    ///
    /// @param phase the option that names it
    /// @param moment what a plan calls that
    void add(IniComponent component, Option phase, String moment) {
        if (!component.isImported()) {
            notes.add("line " + phase.place().line() + ": ["
                    + (component.section() == null ? component.name() : component.section()) + "]: '"
                    + component.word() + "' of " + phase.name() + " is not imported: write a hook for " + moment);
            return;
        }
        switch (component) {
            case SLEEP -> sleep(moment);
            case TIMETORECOVERY -> gate(phase, moment);
            case WATCHLOGS -> ini.options("WATCHLOGS").forEach(this::watch);
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
                problems.add(phase.place(), "'" + component.word() + "' belongs in execute_test");
        }
    }

    private void hook(String moment, Place place, String kind, Item value) {
        hooks.computeIfAbsent(moment, _ -> new ArrayList<>())
                .add(new Item.Table(place, List.of(new Entry(place, kind, value))));
    }

    private void sleep(String moment) {
        Option time = ini.option("SLEEP", "time");
        String length = time == null ? null : seconds(time);
        if (time == null) {
            problems.add(ini.place("SLEEP"), "[SLEEP] needs a 'time', such as 1 Hour");
        } else if (length != null) {
            hook(moment, time.place(), "pause", IniValues.text(time.place(), length));
        }
    }

    private void gate(Option phase, String moment) {
        if (moment.startsWith("session")) {
            notes.add("line " + phase.place().line() + ": [TIMETORECOVERY]: 'timetorecovery' of " + phase.name()
                    + " is not imported, as it needs a test's nodes: write a hook for " + moment);
            return;
        }
        Place place = ini.place("TIMETORECOVERY");
        List<Entry> entries = new ArrayList<>();
        for (Option option : ini.options("TIMETORECOVERY")) {
            switch (option.name()) {
                case "timeout" -> {
                    String timeout = seconds(option);
                    if (timeout != null) {
                        entries.add(IniValues.entry(option.place(), "timeout", timeout));
                    }
                }
                case "threshold", "target" ->
                    entries.add(IniValues.entry(option.place(), option.name(), option.value()));
                default ->
                    notes.add("line " + option.place().line() + ": [TIMETORECOVERY]: '" + option.name()
                            + "' is not used");
            }
        }
        hook(
                moment,
                place,
                "ping",
                entries.isEmpty() ? IniValues.text(place, "true") : IniValues.table(place, entries));
    }

    private void commands() {
        for (Option option : ini.options("COMMANDWATCH")) {
            if (option.name().equals("command")) {
                watch(option, "follow_command", option.value(), null);
            } else if (option.value().contains(":")) {
                watch(option);
            } else {
                notes.add("line " + option.place().line() + ": [COMMANDWATCH]: '" + option.name() + "' is not used");
            }
        }
    }

    private void watch(Option option) {
        Map<String, String> given = IniValues.dictionary(option, problems);
        String type = given.getOrDefault("type", given.containsKey("command") ? "logcat" : "");
        String kind = WATCHES.get(type);
        if (kind == null) {
            problems.unknown(option.place(), "type of watcher", type, WATCHES.keySet());
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
        watch(option, kind, arguments, given.get("interval"));
    }

    private void watch(Option option, String kind, String arguments, @Nullable String interval) {
        List<String> where = new ArrayList<>(devices);
        if (kind.equals("net_dev") && trafficPc != null) {
            where.add(trafficPc);
        }
        Watch.Kind watched = Words.WATCHES.meaning(kind);
        for (String node : List.copyOf(where)) {
            if (watched != null && !WatchesReader.isOn(watched, system(node))) {
                where.remove(node);
                notes.add("line " + option.place().line() + ": '" + option.name() + "' is left out on node '" + node
                        + "', which has no " + kind);
            }
        }
        if (where.isEmpty()) {
            notes.add(
                    "line " + option.place().line() + ": '" + option.name() + "' watches no node: none may be touched");
            return;
        }
        Place place = option.place();
        List<Entry> entries = new ArrayList<>(
                List.of(IniValues.entry(place, "watch", kind), new Entry(place, "node", IniValues.rows(place, where))));
        if (!arguments.isEmpty()) {
            entries.add(new Entry(place, "arguments", IniValues.blankSeparated(place, arguments)));
        }
        if (interval != null) {
            Duration length = Durations.parseByFirstLetter(interval);
            entries.add(IniValues.entry(place, "interval", length == null ? interval : length.toMillis() + " ms"));
        }
        watches.add(IniValues.table(place, entries));
    }

    private OperatingSystem system(String node) {
        Entry entry = systems.entry(node);
        TableReader table = entry == null ? null : TableReader.ofAnyKeys(entry.value(), new Problems(""));
        OperatingSystem system = table == null ? null : table.choice("system", Words.SYSTEMS);
        boolean isAdb = table != null && table.text("connection", "").startsWith("adb");
        return system == null ? isAdb ? OperatingSystem.ANDROID : OperatingSystem.LINUX : system;
    }

    private @Nullable String seconds(Option option) {
        Duration length = Durations.parseByFirstLetter(option.value());
        if (length == null) {
            problems.add(
                    option.place(),
                    "'" + option.name() + "' needs a length of time such as 10, 1 Hour or 2 days 3 hours, not "
                            + Problems.quoted(option.value()));
            return null;
        }
        return length.toMillis() + " ms";
    }
}
