package dev.pitot.lab.plan;

import dev.pitot.lab.plan.TestCase.NodeDirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// apetools' words for directions, by how they begin, upper and lower case told apart
/// (iperfsession: to_node_expression, from_node_expression).
final class DirectionNames {
    /// to_node, to_dut, download, downlink, receive, rx.
    private static final Pattern TO_NODE = Pattern.compile("(to|d|r).*");

    /// from_node, from_dut, send, tx, transmit, upload, uplink.
    private static final Pattern FROM_NODE = Pattern.compile("(f|s|t[rx]|u).*");

    private DirectionNames() {}

    /// What a word means; null if nothing.
    static @Nullable NodeDirection parse(String word) {
        if (TO_NODE.matcher(word).matches()) {
            return NodeDirection.TO_NODE;
        }
        return FROM_NODE.matcher(word).matches() ? NodeDirection.FROM_NODE : null;
    }

    /// The directions that a table gives: a list, or words with commas.
    ///
    /// @return empty if there are none
    static List<NodeDirection> read(TableReader table, String key) {
        List<NodeDirection> headings = new ArrayList<>();
        for (String words : table.texts(key)) {
            for (String part : words.split(",", -1)) {
                String word = part.strip();
                NodeDirection direction = parse(word);
                if (direction == null) {
                    String hint = parse(word.toLowerCase(Locale.ROOT)) == null ? "" : " (in small letters)";
                    table.report(
                            key,
                            "unknown direction " + Diagnostics.quoted(word) + hint
                                    + ": write 'to' (or download, rx, receive) for data to the node,"
                                    + " 'from' (or upload, tx, send) for data from it");
                } else if (headings.contains(direction)) {
                    table.report(key, "direction " + Diagnostics.quoted(word) + " is given twice");
                } else {
                    headings.add(direction);
                }
            }
        }
        return headings;
    }
}
