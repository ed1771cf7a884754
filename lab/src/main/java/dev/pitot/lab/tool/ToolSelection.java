package dev.pitot.lab.tool;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The programs that two nodes test with. Pitot and iperf3 understand each other.
///
/// @param client at the sending end of the control connection
/// @param server at the other
public record ToolSelection(InstalledTool client, InstalledTool server) {
    private static final Set<EngineKind> IPERF3_SPEAKERS = EnumSet.of(EngineKind.PITOT, EngineKind.IPERF3);

    /// One end of a test.
    ///
    /// @param node where
    /// @param programs what was found there
    public record End(Node node, InstalledTools programs) {}

    /// Chooses.
    ///
    /// @param wanted by the test; null for what the nodes prefer, then what they have in common:
    /// Pitot, iperf3 and iperf 2 at both ends, then Pitot at one end and iperf3 at
    ///     the other
    ///
    /// @throws IllegalArgumentException in one sentence, if the nodes have no way to test
    /// together
    public static ToolSelection of(End client, End server, @Nullable EngineKind wanted) {
        if (wanted != null) {
            return new ToolSelection(needed(client, wanted), needed(server, wanted));
        }
        ToolSelection chosen = asPreferred(client, server);
        for (EngineKind kind : order(client, server)) {
            if (chosen == null) {
                chosen = pair(client.programs.of(kind), server.programs.of(kind));
            }
        }
        if (chosen == null) {
            chosen = pair(speaker(client), speaker(server));
        }
        if (chosen != null) {
            return chosen;
        }
        throw new IllegalArgumentException("'" + client.node.name() + "' has " + names(client) + " and '"
                + server.node.name() + "' has " + names(server)
                + ", which cannot test together: install iperf3 or Pitot on both, or give its path under 'programs'");
    }

    private static InstalledTool needed(End end, EngineKind kind) {
        InstalledTool program = end.programs.of(kind);
        if (program == null) {
            throw new IllegalArgumentException("'" + end.node.name() + "' has no " + kind.program() + " (it has "
                    + names(end) + "): install it there, or give its path under 'programs'");
        }
        return program;
    }

    private static List<EngineKind> order(End client, End server) {
        Set<EngineKind> order = new LinkedHashSet<>();
        for (End end : List.of(client, server)) {
            EngineKind preferred = end.node.programs().preferred();
            if (preferred != null) {
                order.add(preferred);
            }
        }
        order.addAll(List.of(EngineKind.values()));
        return new ArrayList<>(order);
    }

    /// What each node prefers, if it has that and the two understand each other.
    private static @Nullable ToolSelection asPreferred(End client, End server) {
        EngineKind here = client.node.programs().preferred();
        EngineKind there = server.node.programs().preferred();
        if (here == null || there == null) {
            return null;
        }
        boolean fit = here == there || IPERF3_SPEAKERS.containsAll(List.of(here, there));
        return fit ? pair(client.programs.of(here), server.programs.of(there)) : null;
    }

    private static @Nullable ToolSelection pair(@Nullable InstalledTool client, @Nullable InstalledTool server) {
        return client == null || server == null ? null : new ToolSelection(client, server);
    }

    /// The program by which an end takes part in a mixed pair; null for none.
    private static @Nullable InstalledTool speaker(End end) {
        InstalledTool pitot = end.programs.of(EngineKind.PITOT);
        return pitot == null ? end.programs.of(EngineKind.IPERF3) : pitot;
    }

    private static String names(End end) {
        List<String> names = end.programs.all().stream()
                .map(program -> program.kind().program())
                .toList();
        return names.isEmpty() ? "none of pitot, iperf3 and iperf" : String.join(", ", names);
    }
}
