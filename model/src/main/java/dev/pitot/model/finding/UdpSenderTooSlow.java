package dev.pitot.model.finding;

import dev.pitot.model.result.HostCounter;
import java.util.OptionalLong;

/// The sender did not reach the rate that was asked for, or dropped datagrams itself.
final class UdpSenderTooSlow implements Rule {
    private static final double MIN_SHORTFALL_PERCENT = 2;
    private static final double PERCENT = 100;

    @Override
    public String id() {
        return "udp_sender";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (!facts.isUdp() || facts.targetBitsPerSecond() == 0) {
            return RuleResult.NOTHING;
        }
        if (facts.datagramsSent().isEmpty()) {
            return new RuleResult.Missing("what the sender counted");
        }
        double shortfall = PERCENT * (1 - facts.sentBitsPerSecond() / facts.targetBitsPerSecond());
        OptionalLong drops = facts.senderHost(HostCounter.UDP_SEND_BUFFER_ERRORS);
        if (shortfall <= MIN_SHORTFALL_PERCENT) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("shortfall_percent", shortfall, MIN_SHORTFALL_PERCENT)
                .item("udp_sndbuf_errors", drops.orElse(0), 0)
                .strong(
                        "The sending host did not reach its rate: " + FindingText.rate(facts.sentBitsPerSecond())
                                + " instead of " + FindingText.rate((double) facts.targetBitsPerSecond()) + ".",
                        "ask for less (-b), or for longer datagrams (-l), or for more streams (-P)");
    }
}
