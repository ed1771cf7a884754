package dev.pitot.lab.plan;

import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.system.SystemRules;
import dev.pitot.lab.watch.Placeholders;
import dev.pitot.lab.watch.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads what is watched beside tests, and checks that each node has it. One thread.
final class WatchesReader {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Problems problems;
    private final PlanNodes nodes;
    private final Set<String> variables;

    /// @param variables their names, which placeholders may use
    WatchesReader(Problems problems, PlanNodes nodes, Set<String> variables) {
        this.problems = problems;
        this.nodes = nodes;
        this.variables = variables;
    }

    List<Watch> read(TableReader plan) {
        List<Watch> watches = new ArrayList<>();
        plan.tables("watches", PlanKeys.WATCH).forEach(table -> read(table, watches));
        return watches;
    }

    private void read(TableReader table, List<Watch> watches) {
        Watch.Kind kind = table.choice("watch", Words.WATCHES);
        if (!table.has("watch")) {
            problems.add(table.place(), "'watch' is needed: one of " + String.join(", ", Words.WATCHES.known()));
        }
        List<String> where = table.texts("node");
        if (where.isEmpty()) {
            problems.add(table.place(), "'node' is needed for a watch");
        }
        List<String> arguments =
                kind == Watch.Kind.FOLLOW_COMMAND ? table.words("arguments") : table.texts("arguments");
        Duration interval = table.length("interval");
        if (!interval.isZero() && interval.compareTo(SHORTEST) < 0) {
            problems.add(table.place("interval"), "'interval' must be 0.1 s or more");
        }
        for (String argument : arguments) {
            for (String name : Placeholders.namesIn(argument)) {
                if (!variables.contains(name)) {
                    problems.unknown(table.place("arguments"), "placeholder", name, variables);
                }
            }
        }
        if (kind != null) {
            checkArguments(kind, arguments, table);
        }
        for (String name : where) {
            if (!nodes.canRun(table.place("node"), name, problems) || kind == null) {
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
                problems.add(table.place("node"), word(kind) + " is already watched on node '" + name + "'");
            }
            watches.add(new Watch(kind, name, interval, arguments));
        }
    }

    private void checkArguments(Watch.Kind kind, List<String> arguments, TableReader table) {
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
            problems.add(table.place("arguments"), "a watch of this kind needs " + wanted);
        } else if ((kind == Watch.Kind.FOLLOW_FILE || kind == Watch.Kind.FOLLOW_COMMAND)
                && arguments.getFirst().startsWith("-")) {
            problems.add(table.place("arguments"), "what is followed cannot begin with a dash");
        }
    }

    /// Whether a system that runs commands has what is watched.
    static boolean isOn(Watch.Kind kind, OperatingSystem system) {
        return switch (kind) {
            case PING, CPU, SIGNAL, BATTERY, FOLLOW_COMMAND -> true;
            case NET_DEV -> system == OperatingSystem.LINUX || system == OperatingSystem.ANDROID; // have /proc/net/dev
            case FOLLOW_FILE -> system != OperatingSystem.WINDOWS;
            case LOGCAT -> system == OperatingSystem.ANDROID;
        };
    }

    private void checkNode(Watch.Kind kind, Node node, List<String> arguments, TableReader table) {
        OperatingSystem system = node.system();
        boolean takesTurns = node.door() instanceof Door.Telnet || node.door() instanceof Door.Serial;
        boolean follows = switch (kind) {
            case FOLLOW_FILE, FOLLOW_COMMAND, LOGCAT -> true;
            case PING, NET_DEV, CPU, SIGNAL, BATTERY -> false;
        };
        if (!isOn(kind, system)) {
            problems.add(
                    table.place("watch"),
                    word(kind) + " cannot be watched on node '" + node.name() + "', which runs "
                            + Words.system(system));
        } else if (follows && takesTurns) {
            problems.add(
                    table.place("watch"),
                    word(kind) + " cannot be watched on node '" + node.name()
                            + "': only one command at a time runs over telnet and serial lines");
        } else if (kind == Watch.Kind.SIGNAL
                && arguments.isEmpty()
                && node.traffic().networkInterface() == null) {
            problems.add(
                    table.place("watch"),
                    "signal on node '" + node.name() + "' needs its Wi-Fi interface: give it in 'arguments'");
        } else if (kind == Watch.Kind.PING && arguments.size() == 1 && noPlaceholders(arguments)) {
            nodes.checkTarget(table.place("arguments"), arguments.getFirst(), system, problems);
        } else if (kind == Watch.Kind.SIGNAL && noPlaceholders(arguments)) {
            checkInterface(system, arguments, table);
        }
    }

    private void checkInterface(OperatingSystem system, List<String> arguments, TableReader table) {
        for (String name : arguments) {
            try {
                boolean _ = SystemRules.of(system).wifi(name).ways().isEmpty();
            } catch (IllegalArgumentException e) {
                problems.add(table.place("arguments"), String.valueOf(e.getMessage()));
            }
        }
    }

    private static boolean noPlaceholders(List<String> arguments) {
        return arguments.stream().allMatch(it -> Placeholders.namesIn(it).isEmpty());
    }

    private static String word(Watch.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
