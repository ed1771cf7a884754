package dev.pitot.lab.plan;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.Node.StaleProcessPolicy;
import dev.pitot.lab.node.Node.Tools;
import dev.pitot.lab.node.Node.Traffic;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.PlanValue.Entry;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the nodes of a plan. One thread.
final class NodesReader {
    private final PlanFolders folders;
    private final NodeTimeouts usual;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, SourcePosition> places = new LinkedHashMap<>();

    NodesReader(TableReader plan, PlanFolders folders) {
        this.folders = folders;
        usual = timeouts(plan, NodeTimeouts.DEFAULT);
        List<Entry> entries = plan.table("nodes").entries();
        if (entries.isEmpty()) {
            plan.report("nodes", "'nodes' is needed: a table of the devices, by their names");
        }
        for (Entry entry : entries) {
            places.put(entry.key(), entry.place());
            TableReader.checkName(entry.place(), "node", entry.key());
            TableReader node = TableReader.of(entry.value(), PlanKeys.NODE);
            if (node != null) {
                read(entry.key(), node);
            }
        }
    }

    /// Nodes that could be read.
    Map<String, Node> nodes() {
        return nodes;
    }

    /// Every name that stands in the plan, also of a node that could not be read.
    Map<String, SourcePosition> places() {
        return places;
    }

    private void read(String name, TableReader table) {
        OperatingSystem system = table.choice("system", KeyType.SYSTEM);
        ConnectionSettings settings = ConnectionSettingsReader.read(table, folders);
        var traffic = new Traffic(address(table), table.text("interface"));
        Tools programs = programs(table, system == OperatingSystem.WINDOWS ? ";" : ":");
        StaleProcessPolicy leftovers = table.choice("leftovers", KeyType.LEFTOVERS);
        var control = new Node.Control(
                leftovers == null ? StaleProcessPolicy.OURS : leftovers,
                timeouts(table, usual),
                table.text("temporary_folder"));
        if (settings != null) {
            boolean isAdb =
                    settings instanceof ConnectionSettings.Adb || settings instanceof ConnectionSettings.AdbOverSsh;
            OperatingSystem likely = isAdb ? OperatingSystem.ANDROID : OperatingSystem.LINUX;
            nodes.put(name, new Node(name, system == null ? likely : system, settings, traffic, programs, control));
        }
    }

    private static NodeTimeouts timeouts(TableReader table, NodeTimeouts usual) {
        TableReader given = table.table("timeouts");
        return new NodeTimeouts(
                given.length("login", usual.login()),
                given.length("command", usual.command()),
                given.length("ready", usual.ready()),
                given.length("report", usual.report()),
                given.length("fetch", usual.fetch()),
                given.length("end", usual.end()));
    }

    /// Test traffic goes to an address: a name could mean another one on each node.
    private static @Nullable String address(TableReader table) {
        String text = table.text("address");
        if (text == null || isOfMachine(text)) {
            return text;
        }
        table.report(
                "address",
                Diagnostics.quoted(text) + " is no address of a machine: write one such as 192.168.1.20 or fd00::20");
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

    private static Tools programs(TableReader table, String separator) {
        Map<EngineKind, String> paths = new EnumMap<>(EngineKind.class);
        TableReader programs = table.table("programs");
        for (EngineKind kind : EngineKind.values()) {
            String path = programs.text(KeyType.ENGINE.word(kind));
            if (path != null) {
                paths.put(kind, path);
            }
        }
        Map<String, String> environment = table.map("environment");
        for (String variable : environment.keySet()) {
            if (variable.isEmpty() || variable.indexOf('=') >= 0) {
                table.report("environment", Diagnostics.quoted(variable) + " is no name of a variable");
            }
        }
        Map.of("path", "PATH", "library_path", "LD_LIBRARY_PATH").forEach((key, variable) -> {
            String folders = String.join(separator, table.texts(key));
            if (!folders.isEmpty() && environment.put(variable, folders) != null) {
                table.report(key, "give '" + key + "' or " + variable + " in 'environment', not both");
            }
        });
        return new Tools(table.choice("engine", KeyType.ENGINE), paths, environment);
    }

    /// Reports what keeps a node from taking part in tests.
    void checkForTests(String name) {
        Node node = nodes.get(name);
        SourcePosition position = places.get(name);
        if (node == null || position == null || node.traffic().address() != null) {
            return;
        }
        String needed = "node '" + name + "' needs an 'address' for test traffic";
        if (node.isUntouched()) {
            position.report(needed + ": nobody may ask it");
        } else if (node.system() == OperatingSystem.IOS) {
            position.report(needed + ": it cannot be looked up on iOS");
        } else if (node.traffic().networkInterface() == null) {
            position.report(needed + ", or the 'interface' that has it");
        }
    }
}
