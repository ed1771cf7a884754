package dev.pitot.lab.plan;

import dev.pitot.lab.hook.Placeholders;
import dev.pitot.lab.monitor.Monitor;
import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads what is watched beside tests, and checks that each node has it. One thread.
final class MonitorsReader {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Diagnostics diagnostics;
    private final PlanNodes nodes;
    private final Set<String> variables;

    /// @param variables their names
    MonitorsReader(Diagnostics diagnostics, PlanNodes nodes, Set<String> variables) {
        this.diagnostics = diagnostics;
        this.nodes = nodes;
        this.variables = variables;
    }

    List<Monitor> read(TableReader plan) {
        List<Monitor> watches = new ArrayList<>();
        plan.tables("watches", PlanKeys.WATCH).forEach(table -> read(table, watches));
        return watches;
    }

    private void read(TableReader table, List<Monitor> watches) {
        Monitor.Kind kind = table.choice("watch", EnumKeywords.WATCHES);
        if (!table.has("watch")) {
            diagnostics.add(
                    table.position(), "'watch' is needed: one of " + String.join(", ", EnumKeywords.WATCHES.known()));
        }
        List<String> where = table.texts("node");
        if (where.isEmpty()) {
            diagnostics.add(table.position(), "'node' is needed for a watch");
        }
        List<String> arguments =
                kind == Monitor.Kind.FOLLOW_COMMAND ? table.words("arguments") : table.texts("arguments");
        Duration interval = table.length("interval");
        if (!interval.isZero() && interval.compareTo(SHORTEST) < 0) {
            diagnostics.add(table.position("interval"), "'interval' must be 0.1 s or more");
        }
        for (String argument : arguments) {
            for (String name : Placeholders.namesIn(argument)) {
                if (variables.contains(name) || Placeholders.NAMES.contains(name)) {
                    diagnostics.add(
                            table.position("arguments"),
                            "{" + name + "} has no value in a watch, which goes on beside all tests");
                }
            }
        }
        if (kind != null) {
            checkArguments(kind, arguments, table);
        }
        for (String name : where) {
            if (!nodes.canRun(table.position("node"), name, diagnostics) || kind == null) {
                continue;
            }
            Node node = nodes.read().get(name);
            if (node != null) {
                checkNode(kind, node, arguments, table);
            }
            boolean isDouble = watches.stream()
                    .anyMatch(it -> it.kind() == kind
                            && it.node().equals(name)
                            && it.arguments().equals(arguments));
            if (isDouble) {
                diagnostics.add(table.position("node"), word(kind) + " is already watched on node '" + name + "'");
            }
            watches.add(new Monitor(kind, name, interval, arguments));
        }
    }

    private void checkArguments(Monitor.Kind kind, List<String> arguments, TableReader table) {
        int count = arguments.size();
        String wanted = switch (kind) {
            case PING -> count == 1 ? "" : "the target's address in 'arguments'";
            case NET_DEV, SIGNAL -> count <= 1 ? "" : "an interface in 'arguments', or nothing";
            case CPU, BATTERY -> count == 0 ? "" : "no 'arguments'";
            case FOLLOW_FILE -> count == 1 ? "" : "the file's name in 'arguments'";
            case FOLLOW_COMMAND -> count >= 1 ? "" : "the command in 'arguments'";
            case LOGCAT -> "";
        };
        if (!wanted.isEmpty()) {
            diagnostics.add(table.position("arguments"), "a watch of this kind needs " + wanted);
        } else if ((kind == Monitor.Kind.FOLLOW_FILE || kind == Monitor.Kind.FOLLOW_COMMAND)
                && arguments.getFirst().startsWith("-")) {
            diagnostics.add(table.position("arguments"), "what is followed cannot begin with a dash");
        }
    }

    /// Whether a system that runs commands has what is watched.
    static boolean isOn(Monitor.Kind kind, OperatingSystem system) {
        var os = OsAdapter.of(system);
        return switch (kind) {
            case CPU, FOLLOW_COMMAND -> true;
            case PING -> isAnswered(os.ping("localhost", 1, Duration.ofSeconds(1)));
            case SIGNAL -> isAnswered(os.wifi("wlan0"));
            case BATTERY -> isAnswered(os.battery());
            case NET_DEV -> system == OperatingSystem.LINUX || system == OperatingSystem.ANDROID; // have /proc/net/dev
            case FOLLOW_FILE -> system != OperatingSystem.WINDOWS;
            case LOGCAT -> system == OperatingSystem.ANDROID;
        };
    }

    private static boolean isAnswered(Query<?> query) {
        return !query.commands().isEmpty();
    }

    private void checkNode(Monitor.Kind kind, Node node, List<String> arguments, TableReader table) {
        OperatingSystem system = node.system();
        boolean takesTurns = node.connectionSettings() instanceof ConnectionSettings.Telnet
                || node.connectionSettings() instanceof ConnectionSettings.Serial;
        boolean follows = switch (kind) {
            case FOLLOW_FILE, FOLLOW_COMMAND, LOGCAT -> true;
            case PING, NET_DEV, CPU, SIGNAL, BATTERY -> false;
        };
        if (!isOn(kind, system)) {
            diagnostics.add(
                    table.position("watch"),
                    word(kind) + " cannot be watched on node '" + node.name() + "', which runs "
                            + EnumKeywords.system(system));
        } else if (follows && takesTurns) {
            diagnostics.add(
                    table.position("watch"),
                    word(kind) + " cannot be watched on node '" + node.name()
                            + "': only one command at a time runs over telnet and serial lines");
        } else if (kind == Monitor.Kind.SIGNAL
                && arguments.isEmpty()
                && node.traffic().networkInterface() == null) {
            diagnostics.add(
                    table.position("watch"),
                    "signal on node '" + node.name() + "' needs its Wi-Fi interface: give it in 'arguments'");
        } else if (kind == Monitor.Kind.PING && arguments.size() == 1) {
            nodes.checkTarget(table.position("arguments"), arguments.getFirst(), system, diagnostics);
        } else if (kind == Monitor.Kind.SIGNAL) {
            checkInterface(system, arguments, table);
        }
    }

    private void checkInterface(OperatingSystem system, List<String> arguments, TableReader table) {
        for (String name : arguments) {
            try {
                boolean _ = OsAdapter.of(system).wifi(name).commands().isEmpty();
            } catch (IllegalArgumentException e) {
                diagnostics.add(table.position("arguments"), String.valueOf(e.getMessage()));
            }
        }
    }

    private static String word(Monitor.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
