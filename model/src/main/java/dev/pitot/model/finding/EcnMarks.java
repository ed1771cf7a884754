package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalLong;

/// The network marked packets instead of dropping them (ECN, RFC 3168).
final class EcnMarks implements Rule {
    private static final double MIN_PERCENT = 1;
    private static final double PERCENT = 100;

    @Override
    public String id() {
        return "ecn_marks";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalLong marked = facts.sent(TcpField.DELIVERED_CE);
        OptionalLong delivered = facts.sent(TcpField.DELIVERED);
        if (marked.isEmpty() || delivered.isEmpty()) {
            return new RuleResult.Missing("delivered segments with marks (Linux 4.18)");
        }
        double share = delivered.getAsLong() <= 0 ? 0 : PERCENT * marked.getAsLong() / delivered.getAsLong();
        if (share <= MIN_PERCENT) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("ecn_marked_percent", share, MIN_PERCENT)
                .hint(
                        "A queue on the path steers by marks (ECN): " + FindingText.percent(share)
                                + " of the segments were marked.",
                        "nothing to mend; compare without: sysctl -w net.ipv4.tcp_ecn=0");
    }
}
