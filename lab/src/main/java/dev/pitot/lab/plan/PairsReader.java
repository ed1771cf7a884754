package dev.pitot.lab.plan;

import dev.pitot.lab.plan.Cases.Ends;
import dev.pitot.lab.plan.Item.Rows;
import dev.pitot.lab.plan.Item.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads who is tested with whom: devices with a traffic PC, or any pairs. One thread.
final class PairsReader {
    private static final String EITHER =
            "a plan needs 'traffic_pc' (the node that the others are tested with) or 'pairs' ([node, peer] each)";

    private final Problems problems;
    private final Set<String> nodes;

    /// @param nodes the names of all, in order
    PairsReader(Problems problems, Set<String> nodes) {
        this.problems = problems;
        this.nodes = nodes;
    }

    List<Ends> read(TableReader plan) {
        if (plan.has("traffic_pc") == plan.has("pairs")) {
            String sentence = plan.has("pairs") ? EITHER + ", not both" : EITHER;
            problems.add(plan.has("pairs") ? plan.place("pairs") : plan.place(), sentence);
            return List.of();
        }
        if (plan.has("pairs")) {
            if (plan.has("devices")) {
                problems.add(plan.place("devices"), "'devices' goes with 'traffic_pc', not with 'pairs'");
            }
            return pairs(plan);
        }
        return devices(plan);
    }

    private List<Ends> devices(TableReader plan) {
        String peer = plan.text("traffic_pc");
        Place place = plan.place("traffic_pc");
        boolean isKnown = peer != null && isKnown(place, peer);
        List<String> devices = new ArrayList<>(plan.texts("devices"));
        for (String device : devices) {
            isKnown(plan.place("devices"), device);
        }
        if (!plan.has("devices")) {
            devices.addAll(nodes);
            devices.remove(peer);
        }
        List<Ends> found = new ArrayList<>();
        for (String device : devices) {
            if (peer != null && isKnown) {
                add(new Ends(plan.has("devices") ? plan.place("devices") : place, device, peer), found);
            }
        }
        if (devices.isEmpty() && isKnown) {
            problems.add(place, "there is no node besides the traffic PC " + Problems.quoted(String.valueOf(peer)));
        }
        return found;
    }

    private List<Ends> pairs(TableReader plan) {
        List<Ends> found = new ArrayList<>();
        if (!(plan.item("pairs") instanceof Rows rows) || rows.items().isEmpty()) {
            problems.add(plan.place("pairs"), "'pairs' needs a list, such as [[phone, desk], [pad, desk]]");
            return found;
        }
        for (Item item : rows.items()) {
            Ends ends = pair(item);
            if (ends != null) {
                add(ends, found);
            }
        }
        return found;
    }

    private @Nullable Ends pair(Item item) {
        String node = null;
        String peer = null;
        if (item instanceof Rows rows) {
            if (rows.items().size() == 2
                    && rows.items().getFirst() instanceof Text one
                    && rows.items().getLast() instanceof Text other) {
                node = one.text();
                peer = other.text();
            }
        } else {
            TableReader table = TableReader.of(item, PlanKeys.PAIR, problems);
            if (table != null) {
                node = table.text("node");
                peer = table.text("peer");
            }
        }
        if (node == null || peer == null) {
            problems.add(item.place(), "a pair is two names: [node, peer]");
            return null;
        }
        // both are asked, so that both are told
        boolean isNodeKnown = isKnown(item.place(), node);
        boolean isPeerKnown = isKnown(item.place(), peer);
        return isNodeKnown && isPeerKnown ? new Ends(item.place(), node, peer) : null;
    }

    private void add(Ends ends, List<Ends> found) {
        if (ends.node().equals(ends.peer())) {
            problems.add(
                    ends.place(), "a pair needs two different nodes, not " + Problems.quoted(ends.node()) + " twice");
        } else if (found.stream()
                .anyMatch(it -> it.node().equals(ends.node()) && it.peer().equals(ends.peer()))) {
            problems.add(ends.place(), "the pair " + ends.node() + ", " + ends.peer() + " is given twice");
        } else if (nodes.contains(ends.node())) {
            found.add(ends);
        }
    }

    private boolean isKnown(Place place, String node) {
        if (!nodes.contains(node)) {
            problems.unknown(place, "node", node, nodes);
            return false;
        }
        return true;
    }
}
