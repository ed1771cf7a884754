package dev.pitot.model.finding;

import dev.pitot.model.result.HostCounter;
import java.util.OptionalLong;

/// Datagrams were dropped in the receiver's kernel or interface before they reached a socket.
final class UdpReceiverHost implements Rule {
    private static final double PERCENT = 100;

    @Override
    public String id() {
        return "udp_receiver_host";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        OptionalLong lost = facts.datagramsLost();
        if (!facts.isUdp() || lost.isEmpty() || lost.getAsLong() == 0) {
            return RuleResult.NOTHING;
        }
        OptionalLong softnet = facts.receiverHost(HostCounter.SOFTNET_DROPPED);
        OptionalLong device = facts.receiverHost(HostCounter.INTERFACE_RECEIVE_DROPS);
        if (softnet.isEmpty() && device.isEmpty()) {
            return new RuleResult.Missing("counters of the receiving host");
        }
        long drops = Math.max(softnet.orElse(0), device.orElse(0)); // both may count the same packet
        if (drops == 0) {
            return RuleResult.NOTHING;
        }
        double share = Math.min(PERCENT, PERCENT * drops / lost.getAsLong());
        return new FindingBuilder(this, facts)
                .item("softnet_dropped", softnet.orElse(0), 0)
                .item("interface_rx_dropped", device.orElse(0), 0)
                .item("share_of_lost_percent", share, 0)
                .hint(
                        "The receiving host dropped " + drops + " packets before they reached a socket ("
                                + lost.getAsLong() + " datagrams were lost).",
                        "on the receiving host: sysctl -w net.core.netdev_max_backlog=10000; a larger ring: ethtool -G");
    }
}
