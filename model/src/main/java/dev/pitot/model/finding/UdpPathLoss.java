package dev.pitot.model.finding;

import dev.pitot.model.result.HostCounter;
import java.util.OptionalLong;

/// Datagrams that neither end dropped were lost on the path.
final class UdpPathLoss implements Rule {
    private static final double PERCENT = 100;

    @Override
    public String id() {
        return "udp_path_loss";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        OptionalLong lost = facts.datagramsLost();
        if (!facts.isUdp() || lost.isEmpty() || lost.getAsLong() == 0) {
            return RuleResult.NOTHING;
        }
        OptionalLong socket = facts.socketDrops();
        OptionalLong softnet = facts.receiverHost(HostCounter.SOFTNET_DROPPED);
        OptionalLong device = facts.receiverHost(HostCounter.INTERFACE_RECEIVE_DROPS);
        boolean receiverKnown = socket.isPresent();
        long atReceiver = socket.orElse(0) + Math.max(softnet.orElse(0), device.orElse(0));
        long path = lost.getAsLong() - atReceiver;
        boolean unknownShare = atReceiver > 0 && facts.mayDropManyAtOnce();
        if (path <= 0 || unknownShare) {
            return RuleResult.NOTHING;
        }
        long sent = facts.datagramsSent().orElse(0);
        double percent = sent == 0 ? 0 : PERCENT * path / sent;
        var builder =
                new FindingBuilder(this, facts).item("lost_on_path", path, 0).item("lost_percent", percent, 0);
        String next = "send slower: repeat with -b " + FindingText.option(facts.meanStreamRate());
        return receiverKnown
                ? builder.strong(
                        path + " datagrams (" + FindingText.percent(percent) + ") were lost on the path.", next)
                : builder.hint(
                        path + " datagrams (" + FindingText.percent(percent)
                                + ") were lost on the path or at the receiving host, which does not report its drops.",
                        next);
    }
}
