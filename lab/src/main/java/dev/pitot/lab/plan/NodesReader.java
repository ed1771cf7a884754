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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the nodes of a plan. One thread.
final class NodesReader {
    private static final Pattern ABSOLUTE = Pattern.compile("(/|[A-Za-z]:).*");

    private final Diagnostics diagnostics;
    private final ConnectionSettingsReader connectionSettings;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, SourcePosition> places = new LinkedHashMap<>();
    private NodeTimeouts usual = NodeTimeouts.DEFAULT;

    NodesReader(Diagnostics diagnostics, PlanFolders folders) {
        this.diagnostics = diagnostics;
        connectionSettings = new ConnectionSettingsReader(diagnostics, folders);
    }

    /// Nodes that could be read.
    Map<String, Node> nodes() {
        return nodes;
    }

    /// Every name that stands in the plan, also of a node that could not be read.
    Map<String, SourcePosition> places() {
        return places;
    }

    void read(TableReader plan) {
        usual = timeouts(plan, NodeTimeouts.DEFAULT);
        TableReader table = plan.table("nodes");
        if (table.entries().isEmpty()) {
            diagnostics.add(plan.position("nodes"), "'nodes' is needed: a table of the devices, by their names");
            return;
        }
        for (Entry entry : table.entries()) {
            places.put(entry.key(), entry.place());
            TableReader.checkName(entry.place(), "node", entry.key(), diagnostics);
            TableReader node = TableReader.of(entry.value(), PlanKeys.NODE, diagnostics);
            if (node != null) {
                read(entry.key(), node);
            }
        }
    }

    private void read(String name, TableReader table) {
        OperatingSystem system = table.choice("system", EnumKeywords.SYSTEMS);
        ConnectionSettings settings = connectionSettings.read(table);
        var traffic = new Traffic(address(table), notBlank(table, "interface"));
        Tools programs = programs(table, system == OperatingSystem.WINDOWS ? ";" : ":");
        StaleProcessPolicy leftovers = table.choice("leftovers", EnumKeywords.LEFTOVERS);
        if (settings == null) {
            return;
        }
        nodes.put(
                name,
                new Node(
                        name,
                        system == null ? usualSystem(settings) : system,
                        settings,
                        traffic,
                        programs,
                        new Node.Control(
                                leftovers == null ? StaleProcessPolicy.OURS : leftovers,
                                timeouts(table, usual),
                                temporaryFolder(table))));
    }

    /// Scripts on the node put it into command lines.
    private @Nullable String temporaryFolder(TableReader table) {
        String folder = notBlank(table, "temporary_folder");
        if (folder != null && !ABSOLUTE.matcher(folder).matches()) {
            diagnostics.add(
                    table.position("temporary_folder"),
                    "'temporary_folder' must be an absolute path on the node, such as /tmp");
        }
        return folder;
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

    /// adb reaches Android; the others most often Linux.
    private static OperatingSystem usualSystem(ConnectionSettings settings) {
        return switch (settings) {
            case ConnectionSettings.Adb _, ConnectionSettings.AdbOverSsh _ -> OperatingSystem.ANDROID;
            case ConnectionSettings.Local _,
                    ConnectionSettings.Ssh _,
                    ConnectionSettings.MinaSsh _,
                    ConnectionSettings.Telnet _,
                    ConnectionSettings.Serial _,
                    ConnectionSettings.Manual _ -> OperatingSystem.LINUX;
        };
    }

    /// Test traffic goes to an address: a name could mean another one on each node.
    private @Nullable String address(TableReader table) {
        String text = notBlank(table, "address");
        if (text == null || isOfMachine(text)) {
            return text;
        }
        diagnostics.add(
                table.position("address"),
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

    private @Nullable String notBlank(TableReader table, String key) {
        String text = table.text(key);
        if (text != null
                && (text.isBlank() || text.startsWith("-") || text.chars().anyMatch(Character::isWhitespace))) {
            diagnostics.add(table.position(key), "'" + key + "' must be one word that does not begin with a dash");
            return null;
        }
        return text;
    }

    private Tools programs(TableReader table, String separator) {
        Map<EngineKind, String> paths = new EnumMap<>(EngineKind.class);
        TableReader programs = table.table("programs");
        for (EngineKind kind : EngineKind.values()) {
            String path = programs.text(EnumKeywords.engine(kind));
            if (path != null) {
                paths.put(kind, path);
            }
        }
        Map<String, String> environment = table.map("environment");
        for (String variable : environment.keySet()) {
            if (variable.isEmpty() || variable.indexOf('=') >= 0) {
                diagnostics.add(
                        table.position("environment"), Diagnostics.quoted(variable) + " is no name of a variable");
            }
        }
        searched(table, "path", "PATH", environment, separator);
        searched(table, "library_path", "LD_LIBRARY_PATH", environment, separator);
        return new Tools(table.choice("engine", EnumKeywords.ENGINES), paths, environment);
    }

    private void searched(
            TableReader table, String key, String variable, Map<String, String> environment, String separator) {
        List<String> folders = table.texts(key);
        if (folders.isEmpty()) {
            return;
        }
        String before = environment.put(variable, String.join(separator, folders));
        if (before != null) {
            diagnostics.add(table.position(key), "give '" + key + "' or " + variable + " in 'environment', not both");
        }
    }

    /// Tells what keeps a node from taking part in tests.
    void checkForTests(Node node) {
        SourcePosition position = places.getOrDefault(node.name(), SourcePosition.START);
        if (node.traffic().address() != null) {
            return;
        }
        List<String> reasons = new ArrayList<>();
        if (node.connectionSettings() instanceof ConnectionSettings.Manual) {
            reasons.add("nobody may ask it");
        }
        if (node.system() == OperatingSystem.IOS) {
            reasons.add("it cannot be looked up on iOS");
        }
        if (!reasons.isEmpty()) {
            diagnostics.add(
                    position,
                    "node '" + node.name() + "' needs an 'address' for test traffic: "
                            + String.join(", and ", reasons));
        } else if (node.traffic().networkInterface() == null) {
            diagnostics.add(
                    position,
                    "node '" + node.name() + "' needs an 'address' for test traffic, or the 'interface' that has it");
        }
    }
}
