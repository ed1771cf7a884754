package dev.pitot.lab.plan;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads what is watched beside tests, and checks that each node has it. One thread.
final class MonitorsReader {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final PlanNodes nodes;
    private final Set<String> variables;
    private final List<Monitor> monitors = new ArrayList<>();

    /// @param variables their names
    MonitorsReader(PlanNodes nodes, Set<String> variables) {
        this.nodes = nodes;
        this.variables = variables;
    }

    List<Monitor> read(TableReader plan) {
        plan.tables("watches").forEach(this::add);
        return monitors;
    }

    private void add(TableReader table) {
        Monitor.Kind kind = table.choice("watch", KeyType.WATCH);
        if (!table.has("watch")) {
            table.report("'watch' is needed: one of " + String.join(", ", KeyType.WATCH.known()));
        }
        List<String> where = table.texts("node");
        if (where.isEmpty()) {
            table.report("'node' is needed for a watch");
        }
        List<String> arguments =
                kind == Monitor.Kind.FOLLOW_COMMAND ? table.words("arguments") : table.texts("arguments");
        Duration interval = table.length("interval");
        if (!interval.isZero() && interval.compareTo(SHORTEST) < 0) {
            table.report("interval", "'interval' must be 0.1 s or more");
        }
        arguments.stream()
                .flatMap(argument -> Placeholders.namesIn(argument).stream())
                .filter(name -> variables.contains(name) || Placeholders.NAMES.contains(name))
                .forEach(name -> table.report(
                        "arguments", "{" + name + "} has no value in a watch, which goes on beside all tests"));
        if (kind != null) {
            checkArguments(kind, arguments, table);
        }
        for (String name : where) {
            if (nodes.canRun(table.position("node"), name) && kind != null) {
                add(new Monitor(kind, name, interval, arguments), table);
            }
        }
    }

    private void add(Monitor monitor, TableReader table) {
        Node node = nodes.read().get(monitor.node());
        if (node != null) {
            checkNode(monitor, node, table);
        }
        if (monitors.stream()
                .anyMatch(it -> it.kind() == monitor.kind()
                        && it.node().equals(monitor.node())
                        && it.arguments().equals(monitor.arguments()))) {
            table.report("node", word(monitor) + " is already watched on node '" + monitor.node() + "'");
        }
        monitors.add(monitor);
    }

    private static void checkArguments(Monitor.Kind kind, List<String> arguments, TableReader table) {
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
            table.report("arguments", "a watch of this kind needs " + wanted);
        } else if ((kind == Monitor.Kind.FOLLOW_FILE || kind == Monitor.Kind.FOLLOW_COMMAND)
                && arguments.getFirst().startsWith("-")) {
            table.report("arguments", "what is followed cannot begin with a dash");
        }
    }

    /// Whether a system that runs commands has what is watched.
    static boolean isOn(Monitor.Kind kind, OperatingSystem system) {
        var os = OsAdapter.of(system);
        return switch (kind) {
            case CPU, FOLLOW_COMMAND -> true;
            case PING -> isAnswered(os.ping("localhost"));
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

    private static void checkNode(Monitor monitor, Node node, TableReader table) {
        OperatingSystem system = node.system();
        List<String> arguments = monitor.arguments();
        boolean takesTurns = node.connectionSettings() instanceof ConnectionSettings.Telnet
                || node.connectionSettings() instanceof ConnectionSettings.Serial;
        boolean follows = switch (monitor.kind()) {
            case FOLLOW_FILE, FOLLOW_COMMAND, LOGCAT -> true;
            case PING, NET_DEV, CPU, SIGNAL, BATTERY -> false;
        };
        String where = " cannot be watched on node '" + node.name() + "'";
        if (!isOn(monitor.kind(), system)) {
            table.report("watch", word(monitor) + where + ", which runs " + KeyType.SYSTEM.word(system));
        } else if (follows && takesTurns) {
            table.report(
                    "watch", word(monitor) + where + ": only one command at a time runs over telnet and serial lines");
        } else if (monitor.kind() == Monitor.Kind.SIGNAL
                && arguments.isEmpty()
                && node.traffic().networkInterface() == null) {
            table.report(
                    "watch", "signal on node '" + node.name() + "' needs its Wi-Fi interface: give it in 'arguments'");
        } else if (monitor.kind() == Monitor.Kind.PING && arguments.size() == 1) {
            PlanNodes.checkTarget(table.position("arguments"), arguments.getFirst(), system);
        } else if (monitor.kind() == Monitor.Kind.SIGNAL && arguments.size() == 1) {
            try {
                boolean _ = isAnswered(OsAdapter.of(system).wifi(arguments.getFirst()));
            } catch (IllegalArgumentException e) {
                table.report("arguments", String.valueOf(e.getMessage()));
            }
        }
    }

    private static String word(Monitor monitor) {
        return KeyType.WATCH.word(monitor.kind());
    }
}
