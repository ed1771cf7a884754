package dev.pitot.model.finding;

import dev.pitot.model.result.HostCounter;
import java.util.OptionalLong;

/// Datagrams were dropped in the receiver's socket: they crossed the network, but the receiving program did
/// not take them in time.
final class UdpReceiverSocket implements Rule {
    private static final double PERCENT = 100;
    private static final String NEXT =
            "give the receiving socket a larger buffer: repeat with -w 4M (limit: sysctl net.core.rmem_max)";

    @Override
    public String id() {
        return "udp_receiver_buffer";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        OptionalLong lost = facts.datagramsLost();
        if (!facts.isUdp() || lost.isEmpty() || lost.getAsLong() == 0) {
            return RuleResult.NOTHING;
        }
        OptionalLong drops = facts.socketDrops();
        boolean exact = drops.isPresent();
        if (!exact) {
            drops = facts.receiverHost(HostCounter.UDP_RECEIVE_BUFFER_ERRORS);
        }
        if (drops.isEmpty()) {
            return new RuleResult.Missing("drops of the receiver's socket");
        }
        if (drops.getAsLong() == 0) {
            return RuleResult.NOTHING;
        }
        if (facts.mayDropManyAtOnce()) {
            return ofCoalesced(facts, drops.getAsLong(), exact, lost.getAsLong());
        }
        double share = Math.min(PERCENT, PERCENT * drops.getAsLong() / lost.getAsLong());
        var builder = new FindingBuilder(this, facts)
                .item(exact ? "socket_drops" : "udp_rcvbuf_errors", drops.getAsLong(), 0)
                .item("share_of_lost_percent", share, 0);
        String sentence =
                "The receiving host's socket buffer was full: " + drops.getAsLong() + " of " + lost.getAsLong()
                        + " lost datagrams (" + FindingText.percent(share) + ") had reached the receiving host.";
        return exact ? builder.strong(sentence, NEXT) : builder.hint(sentence, NEXT);
    }

    /// A kernel that coalesces counts one drop for all datagrams of a call.
    private RuleResult ofCoalesced(DirectionFacts facts, long drops, boolean exact, long lost) {
        var builder = new FindingBuilder(this, facts)
                .item(exact ? "socket_drops" : "udp_rcvbuf_errors", drops, 0)
                .item("lost", lost, 0);
        String sentence =
                "The receiving host's socket buffer was full " + drops + " times, each time for up to as many "
                        + "datagrams as one call sends: " + lost + " datagrams were lost.";
        return exact ? builder.strong(sentence, NEXT) : builder.hint(sentence, NEXT);
    }
}
