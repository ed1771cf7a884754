package dev.pitot.model.finding;

import dev.pitot.model.result.HostCounter;
import java.util.OptionalLong;

/// Datagrams were dropped in the receiver's socket: they crossed the network, but the receiving program did
/// not take them in time.
final class UdpReceiverSocket implements Rule {
    private static final double PERCENT = 100;

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
        double share = Math.min(PERCENT, PERCENT * drops.getAsLong() / lost.getAsLong());
        var builder = new FindingBuilder(this, facts)
                .item(exact ? "socket_drops" : "udp_rcvbuf_errors", drops.getAsLong(), 0)
                .item("share_of_lost_percent", share, 0);
        String sentence =
                "The receiving host's socket buffer was full: " + drops.getAsLong() + " of " + lost.getAsLong()
                        + " lost datagrams (" + FindingText.percent(share) + ") had reached the receiving host.";
        String next = "give the receiving socket a larger buffer: repeat with -w 4M (limit: sysctl net.core.rmem_max)";
        return exact ? builder.strong(sentence, next) : builder.hint(sentence, next);
    }
}
