package dev.pitot.lab.hook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The test around which a hook is done, as it is passed to the hook.
///
/// @param point which test it is
/// @param node the device under test
/// @param peer the other end
/// @param isNodeSender whether data flows from the node to the peer
public record HookContext(Point point, End node, End peer, boolean isNodeSender) {
    /// A test of a plan.
    ///
    /// @param test the name that the plan gives
    /// @param number 1 for the first of the session
    /// @param repetition 1 for the first
    /// @param variables values of the plan's variables by their names
    public record Point(String test, int number, int repetition, Map<String, String> variables) {
        public Point {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }
    }

    /// One end of a test.
    ///
    /// @param name of the node
    /// @param address of the test interface; null if it is not known yet
    public record End(String name, @Nullable String address) {}

    /// What the placeholders stand for, by their names; an address that is not known is empty.
    Map<String, String> placeholders() {
        End sender = isNodeSender ? node : peer;
        End receiver = isNodeSender ? peer : node;
        Map<String, String> words = new LinkedHashMap<>(point.variables());
        words.put("node", node.name());
        words.put("peer", peer.name());
        words.put("test", point.test());
        words.put("number", Integer.toString(point.number()));
        words.put("repetition", Integer.toString(point.repetition()));
        words.put("direction", isNodeSender ? "from_node" : "to_node");
        words.put("sender_address", sender.address() == null ? "" : sender.address());
        words.put("receiver_address", receiver.address() == null ? "" : receiver.address());
        return Collections.unmodifiableMap(words);
    }

    /// The same for a command's environment: `PITOT_NODE` and so on.
    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        placeholders().forEach((name, word) -> variables.put("PITOT_" + name.toUpperCase(Locale.ROOT), word));
        return Collections.unmodifiableMap(variables);
    }

    /// The address at the other end from a node, or null.
    @Nullable String addressOppositeOf(String name) {
        return name.equals(peer.name()) ? node.address() : peer.address();
    }
}
