package dev.pitot.lab.plan;

import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.system.SystemRules;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// The nodes of a plan as hooks and monitors refer to them.
///
/// @param read those that could be read
/// @param names of all
/// @param devices the names of those under test
record PlanNodes(Map<String, Node> read, Set<String> names, Set<String> devices) {
    /// Whether a name is that of a node that commands can run on; else that is a problem.
    boolean canRun(Place place, String name, Problems problems) {
        Node node = read.get(name);
        if (!names.contains(name)) {
            problems.unknown(place, "node", name, names);
        } else if (node != null && node.door() instanceof Door.Manual) {
            problems.add(place, "node '" + name + "' is manual: nothing may run on it");
        } else if (node != null && !SystemRules.of(node.system()).runsCommands()) {
            problems.add(
                    place, "node '" + name + "' runs " + Words.system(node.system()) + ": no command can run on it");
        } else {
            return true;
        }
        return false;
    }

    /// A problem for each device under test that no command can run on.
    void devicesCanRun(Place place, Problems problems) {
        devices.forEach(device -> canRun(place, device, problems));
    }

    /// A problem if a text is neither a name nor an address.
    void checkTarget(Place place, String text, OperatingSystem from, Problems problems) {
        try {
            boolean _ = SystemRules.of(from)
                    .ping(text, 1, Duration.ofSeconds(1))
                    .ways()
                    .isEmpty();
        } catch (IllegalArgumentException _) {
            problems.add(
                    place, Problems.quoted(text) + " cannot be pinged: give an address, or a name of a host or a node");
        }
    }

    /// The address of a node if a text is its name, else the text.
    String address(Place place, String text, Problems problems) {
        Node node = read.get(text);
        if (node == null) {
            return text;
        }
        String address = node.traffic().address();
        if (address == null) {
            problems.add(place, "node '" + text + "' has no 'address': write the target's address");
        }
        return address == null ? text : address;
    }
}
