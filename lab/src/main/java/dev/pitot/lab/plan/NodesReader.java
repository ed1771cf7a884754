package dev.pitot.lab.plan;

import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.Node.Leftovers;
import dev.pitot.lab.node.Node.Programs;
import dev.pitot.lab.node.Node.Traffic;
import dev.pitot.lab.node.Timeouts;
import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.system.OperatingSystem;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the nodes of a plan. One thread.
final class NodesReader {
    private final Problems problems;
    private final DoorReader doors;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private Timeouts usual = Timeouts.USUAL;

    NodesReader(Problems problems, PlanFolders folders) {
        this.problems = problems;
        doors = new DoorReader(problems, folders);
    }

    /// Nodes that could be read.
    Map<String, Node> nodes() {
        return nodes;
    }

    /// Every name that stands in the plan, also of a node that could not be read.
    Map<String, Place> places() {
        return places;
    }

    void read(TableReader plan) {
        usual = timeouts(plan, Timeouts.USUAL);
        TableReader table = plan.table("nodes");
        if (table.entries().isEmpty()) {
            problems.add(plan.place("nodes"), "'nodes' is needed: a table of the devices, by their names");
            return;
        }
        for (Entry entry : table.entries()) {
            places.put(entry.key(), entry.place());
            TableReader.checkName(entry.place(), "node", entry.key(), problems);
            TableReader node = TableReader.of(entry.value(), PlanKeys.NODE, problems);
            if (node != null) {
                read(entry.key(), node);
            }
        }
    }

    private void read(String name, TableReader table) {
        OperatingSystem system = table.choice("system", Words.SYSTEMS);
        Door door = doors.read(table);
        var traffic = new Traffic(address(table), notBlank(table, "interface"));
        Programs programs = programs(table, system == OperatingSystem.WINDOWS ? ";" : ":");
        Leftovers leftovers = table.choice("leftovers", Words.LEFTOVERS);
        if (door == null) {
            return;
        }
        nodes.put(
                name,
                new Node(
                        name,
                        system == null ? usualSystem(door) : system,
                        door,
                        traffic,
                        programs,
                        new Node.Control(leftovers == null ? Leftovers.OURS : leftovers, timeouts(table, usual))));
    }

    private static Timeouts timeouts(TableReader table, Timeouts usual) {
        TableReader given = table.table("timeouts");
        return new Timeouts(
                given.length("login", usual.login()),
                given.length("command", usual.command()),
                given.length("ready", usual.ready()),
                given.length("report", usual.report()),
                given.length("fetch", usual.fetch()),
                given.length("end", usual.end()));
    }

    /// adb reaches Android; the others most often Linux.
    private static OperatingSystem usualSystem(Door door) {
        return switch (door) {
            case Door.Adb _, Door.AdbOver _ -> OperatingSystem.ANDROID;
            case Door.Local _, Door.Ssh _, Door.BuiltInSsh _, Door.Telnet _, Door.Serial _, Door.Manual _ ->
                OperatingSystem.LINUX;
        };
    }

    /// Test traffic goes to an address: a name could mean another one on each node.
    private @Nullable String address(TableReader table) {
        String text = notBlank(table, "address");
        if (text == null || isOfMachine(text)) {
            return text;
        }
        problems.add(
                table.place("address"),
                Problems.quoted(text) + " is no address of a machine: write one such as 192.168.1.20 or fd00::20");
        return null;
    }

    private static boolean isOfMachine(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return !address.isAnyLocalAddress() && !address.isMulticastAddress();
        } catch (IllegalArgumentException _) { // a name, for example
            return false;
        }
    }

    private @Nullable String notBlank(TableReader table, String key) {
        String text = table.text(key);
        if (text != null
                && (text.isBlank() || text.startsWith("-") || text.chars().anyMatch(Character::isWhitespace))) {
            problems.add(table.place(key), "'" + key + "' must be one word that does not begin with a dash");
            return null;
        }
        return text;
    }

    private Programs programs(TableReader table, String separator) {
        Map<EngineKind, String> paths = new EnumMap<>(EngineKind.class);
        TableReader programs = table.table("programs");
        for (EngineKind kind : EngineKind.values()) {
            String path = programs.text(Words.engine(kind));
            if (path != null) {
                paths.put(kind, path);
            }
        }
        Map<String, String> environment = table.map("environment");
        for (String variable : environment.keySet()) {
            if (variable.isEmpty() || variable.indexOf('=') >= 0) {
                problems.add(table.place("environment"), Problems.quoted(variable) + " is no name of a variable");
            }
        }
        searched(table, "path", "PATH", environment, separator);
        searched(table, "library_path", "LD_LIBRARY_PATH", environment, separator);
        return new Programs(table.choice("engine", Words.ENGINES), paths, environment);
    }

    private void searched(
            TableReader table, String key, String variable, Map<String, String> environment, String separator) {
        List<String> folders = table.texts(key);
        if (folders.isEmpty()) {
            return;
        }
        String before = environment.put(variable, String.join(separator, folders));
        if (before != null) {
            problems.add(table.place(key), "give '" + key + "' or " + variable + " in 'environment', not both");
        }
    }

    /// Tells what keeps a node from taking part in tests.
    void checkForTests(Node node) {
        Place place = places.getOrDefault(node.name(), Place.START);
        if (node.traffic().address() != null) {
            return;
        }
        List<String> reasons = new ArrayList<>();
        if (node.door() instanceof Door.Manual) {
            reasons.add("nobody may ask it");
        }
        if (node.system() == OperatingSystem.IOS) {
            reasons.add("it cannot be looked up on iOS");
        }
        if (!reasons.isEmpty()) {
            problems.add(
                    place,
                    "node '" + node.name() + "' needs an 'address' for test traffic: "
                            + String.join(", and ", reasons));
        } else if (node.traffic().networkInterface() == null) {
            problems.add(
                    place,
                    "node '" + node.name() + "' needs an 'address' for test traffic, or the 'interface' that has it");
        }
    }
}
