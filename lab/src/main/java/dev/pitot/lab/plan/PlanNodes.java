package dev.pitot.lab.plan;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.os.OsAdapter;
import java.util.Map;
import java.util.Set;

/// The nodes of a plan as hooks and monitors refer to them.
///
/// @param read those that could be read
/// @param names of all
/// @param devices the names of those under test
record PlanNodes(Map<String, Node> read, Set<String> names, Set<String> devices) {
    /// Whether a name is that of a node that commands can run on; else that is reported.
    boolean canRun(SourcePosition position, String name) {
        Node node = read.get(name);
        if (!names.contains(name)) {
            position.reportUnknown("node", name, names);
        } else if (node != null && node.connectionSettings() instanceof ConnectionSettings.Manual) {
            position.report("node '" + name + "' is manual: nothing may run on it");
        } else if (node != null && !OsAdapter.of(node.system()).runsCommands()) {
            String system = KeyType.SYSTEM.word(node.system());
            position.report("node '" + name + "' runs " + system + ": no command can run on it");
        } else {
            return true;
        }
        return false;
    }

    /// Reports each device under test that no command can run on.
    void devicesCanRun(SourcePosition position) {
        devices.forEach(device -> canRun(position, device));
    }

    /// Reports a text that is neither a name nor an address.
    static void checkTarget(SourcePosition position, String text, OperatingSystem from) {
        try {
            boolean _ = OsAdapter.of(from).ping(text).commands().isEmpty();
        } catch (IllegalArgumentException _) {
            position.report(
                    Diagnostics.quoted(text) + " cannot be pinged: give an address, or a name of a host or a node");
        }
    }

    /// The address of a node if a text is its name, else the text.
    String address(SourcePosition position, String text) {
        Node node = read.get(text);
        String address = node == null ? text : node.traffic().address();
        if (address == null) {
            position.report("node '" + text + "' has no 'address': write the target's address");
        }
        return address == null ? text : address;
    }
}
