package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalLong;

/// Segments overtake each other, so that the sender retransmits what was not lost.
final class Reordering implements Rule {
    private static final double MIN_DUPLICATE_PERCENT = 50; // of the retransmitted segments arrived twice
    private static final long MIN_RETRANSMITS = 10;
    private static final double MIN_PERCENT = 0.1; // of the bytes: less costs nothing
    private static final double PERCENT = 100;

    @Override
    public String id() {
        return "reordering";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalLong duplicates = facts.sent(TcpField.DSACK_DUPS);
        OptionalLong retransmits = facts.sent(TcpField.TOTAL_RETRANS);
        OptionalLong seen = facts.sent(TcpField.REORD_SEEN);
        if (duplicates.isEmpty() || retransmits.isEmpty() || seen.isEmpty()) {
            return new RuleResult.Missing("duplicate and reordered segments of the sender's kernel (Linux 4.19)");
        }
        double again = facts.retransmittedPercent().orElse(0);
        if (retransmits.getAsLong() < MIN_RETRANSMITS || again < MIN_PERCENT || seen.getAsLong() == 0) {
            return RuleResult.NOTHING;
        }
        double share = PERCENT * duplicates.getAsLong() / retransmits.getAsLong();
        if (share < MIN_DUPLICATE_PERCENT) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("duplicate_percent_of_retransmits", share, MIN_DUPLICATE_PERCENT)
                .item("reord_seen", seen.getAsLong(), 0)
                .strong(
                        "The path changes the order of segments: " + FindingText.percent(share) + " of "
                                + retransmits.getAsLong() + " retransmissions were not necessary.",
                        "look for links that share one flow's packets (bonding, ECMP per packet)");
    }
}
