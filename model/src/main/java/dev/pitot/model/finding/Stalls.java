package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalLong;

/// Retransmission timeouts: the connection stood still.
final class Stalls implements Rule {
    @Override
    public String id() {
        return "stalls";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalLong timeouts = facts.sent(TcpField.TOTAL_RTO);
        if (timeouts.isEmpty()) {
            return new RuleResult.Missing("timeouts of the sender's kernel (Linux 6.7)");
        }
        if (timeouts.getAsLong() == 0) {
            return RuleResult.NOTHING;
        }
        OptionalLong millis = facts.sent(TcpField.TOTAL_RTO_TIME);
        String time = millis.isEmpty() ? "" : ", " + millis.getAsLong() + " ms in all";
        return new FindingBuilder(this, facts)
                .item("total_rto", timeouts.getAsLong(), 0)
                .hint(
                        "The connection stood still: " + timeouts.getAsLong() + " retransmission timeouts" + time + ".",
                        "look for bursts of loss: repeat with -u -b " + FindingText.option(facts.meanStreamRate() / 2)
                                + " -i 0.1");
    }
}
