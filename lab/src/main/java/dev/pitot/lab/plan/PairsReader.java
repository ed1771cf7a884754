package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import dev.pitot.lab.plan.TestMatrix.NodePair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads who is tested with whom: devices with a traffic PC, or any pairs. One thread.
final class PairsReader {
    private static final String EITHER =
            "a plan needs 'traffic_pc' (the node that the others are tested with) or 'pairs' ([node, peer] each)";

    private final Set<String> nodes;

    /// @param nodes the names of all, in order
    PairsReader(Set<String> nodes) {
        this.nodes = nodes;
    }

    List<NodePair> read(TableReader plan) {
        if (plan.has("traffic_pc") == plan.has("pairs")) {
            String sentence = plan.has("pairs") ? EITHER + ", not both" : EITHER;
            plan.report("pairs", sentence);
            return List.of();
        }
        if (plan.has("pairs")) {
            if (plan.has("devices")) {
                plan.report("devices", "'devices' goes with 'traffic_pc', not with 'pairs'");
            }
            return pairs(plan);
        }
        return devices(plan);
    }

    private List<NodePair> devices(TableReader plan) {
        String peer = plan.text("traffic_pc");
        SourcePosition position = plan.position("traffic_pc");
        boolean isKnown = peer != null && isKnown(position, peer);
        List<String> devices = new ArrayList<>(plan.texts("devices"));
        for (String device : devices) {
            isKnown(plan.position("devices"), device);
        }
        if (!plan.has("devices")) {
            devices.addAll(nodes);
            devices.remove(peer);
        }
        List<NodePair> found = new ArrayList<>();
        for (String device : devices) {
            if (peer != null && isKnown) {
                add(new NodePair(plan.has("devices") ? plan.position("devices") : position, device, peer), found);
            }
        }
        if (devices.isEmpty() && isKnown) {
            position.report("there is no node besides the traffic PC " + Diagnostics.quoted(String.valueOf(peer)));
        }
        return found;
    }

    private List<NodePair> pairs(TableReader plan) {
        List<NodePair> found = new ArrayList<>();
        if (!(plan.item("pairs") instanceof Sequence rows) || rows.items().isEmpty()) {
            plan.report("pairs", "'pairs' needs a list, such as [[phone, desk], [pad, desk]]");
            return found;
        }
        for (PlanValue item : rows.items()) {
            NodePair ends = pair(item);
            if (ends != null) {
                add(ends, found);
            }
        }
        return found;
    }

    private @Nullable NodePair pair(PlanValue item) {
        String node = null;
        String peer = null;
        if (item instanceof Sequence rows) {
            if (rows.items().size() == 2
                    && rows.items().getFirst() instanceof Scalar one
                    && rows.items().getLast() instanceof Scalar other) {
                node = one.text();
                peer = other.text();
            }
        } else {
            TableReader table = TableReader.of(item, PlanKeys.PAIR);
            if (table != null) {
                node = table.text("node");
                peer = table.text("peer");
            }
        }
        if (node == null || peer == null) {
            item.report("a pair is two names: [node, peer]");
            return null;
        }
        // both are asked, so that both are told
        boolean isNodeKnown = isKnown(item.position(), node);
        boolean isPeerKnown = isKnown(item.position(), peer);
        return isNodeKnown && isPeerKnown ? new NodePair(item.position(), node, peer) : null;
    }

    private void add(NodePair ends, List<NodePair> found) {
        if (ends.node().equals(ends.peer())) {
            ends.position()
                    .report("a pair needs two different nodes, not " + Diagnostics.quoted(ends.node()) + " twice");
        } else if (found.stream()
                .anyMatch(it -> it.node().equals(ends.node()) && it.peer().equals(ends.peer()))) {
            ends.position().report("the pair " + ends.node() + ", " + ends.peer() + " is given twice");
        } else if (nodes.contains(ends.node())) {
            found.add(ends);
        }
    }

    private boolean isKnown(SourcePosition position, String node) {
        if (!nodes.contains(node)) {
            position.reportUnknown("node", node, nodes);
            return false;
        }
        return true;
    }
}
