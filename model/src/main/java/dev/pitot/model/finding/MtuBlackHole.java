package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalLong;

/// Full-size packets vanish: the connection opened, then nothing but timeouts and no byte acknowledged
/// (RFC 4821 describes the failure of path MTU discovery).
final class MtuBlackHole implements Rule {
    private static final long MIN_TIMEOUTS = 3;

    @Override
    public String id() {
        return "mtu_black_hole";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalLong acknowledged = facts.sent(TcpField.BYTES_ACKED);
        OptionalLong retransmitted = facts.sent(TcpField.TOTAL_RETRANS);
        OptionalLong sent = facts.sent(TcpField.BYTES_SENT);
        if (acknowledged.isEmpty() || retransmitted.isEmpty() || sent.isEmpty()) {
            return new RuleResult.Missing("acknowledged and retransmitted bytes of the sender's kernel");
        }
        boolean nothingArrives = acknowledged.getAsLong() <= facts.streams() && sent.getAsLong() > 0;
        long timeouts = facts.sent(TcpField.TOTAL_RTO).orElse(retransmitted.getAsLong());
        if (!nothingArrives || timeouts < MIN_TIMEOUTS) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("bytes_acked", acknowledged.getAsLong(), facts.streams())
                .item("timeouts", timeouts, MIN_TIMEOUTS)
                .strong(
                        "Packets of full size vanish on the path: the connection opened, but none of "
                                + FindingText.bytes(sent.getAsLong()) + " was acknowledged after " + timeouts
                                + " timeouts.",
                        "repeat with smaller segments: -M 1200; if that works, mend the path's MTU or its ICMP filter");
    }
}
