package dev.pitot.model.finding;

import dev.pitot.model.result.HostCounter;
import java.util.OptionalLong;

/// The receiving host ran short of memory for sockets.
final class ReceiveMemory implements Rule {
    @Override
    public String id() {
        return "receive_memory";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalLong collapsed = facts.receiverHost(HostCounter.TCP_RECEIVE_COLLAPSED);
        OptionalLong pruned = facts.receiverHost(HostCounter.TCP_RECEIVE_PRUNED);
        if (collapsed.isEmpty() || pruned.isEmpty()) {
            return new RuleResult.Missing("counters of the receiving host");
        }
        long calls = facts.receiverHost(HostCounter.TCP_PRUNE_CALLED).orElse(0);
        if (pruned.getAsLong() == 0) { // cleaned up without a loss: usual, and no harm
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("tcp_rcv_pruned", pruned.getAsLong(), 0)
                .item("tcp_prune_called", calls, 0)
                .item("tcp_rcv_collapsed", collapsed.getAsLong(), 0)
                .hint(
                        "The receiving host was short of memory for sockets: it dropped " + pruned.getAsLong()
                                + " packets that had arrived.",
                        "on the receiving host: sysctl net.ipv4.tcp_mem net.ipv4.tcp_rmem, and raise them");
    }
}
