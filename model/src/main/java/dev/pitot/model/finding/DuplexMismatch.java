package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Pattern of a duplex mismatch on an old link. Weak: NDT's guesses about links were often wrong.
final class DuplexMismatch implements Rule {
    private static final double MIN_NETWORK_PERCENT = 90;
    private static final double MIN_RETRANSMITS_PER_SECOND = 2;
    private static final double MIN_IDLE_PERCENT = 1;
    private static final double PERCENT = 100;
    private static final double MILLIS_PER_NANO = 1e-6;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String id() {
        return "duplex_mismatch";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp() || facts.elapsedNanos() == 0) {
            return RuleResult.NOTHING;
        }
        OptionalDouble busy = facts.percentOfTime(TcpField.BUSY_TIME);
        OptionalLong stalled = facts.sent(TcpField.TOTAL_RTO_TIME);
        OptionalLong retransmits = facts.sent(TcpField.TOTAL_RETRANS);
        if (busy.isEmpty() || stalled.isEmpty() || retransmits.isEmpty()) {
            return new RuleResult.Missing("time in timeouts (Linux 6.7)");
        }
        double network = busy.getAsDouble()
                - facts.percentOfTime(TcpField.RWND_LIMITED).orElse(0)
                - facts.percentOfTime(TcpField.SNDBUF_LIMITED).orElse(0);
        double perSecond = retransmits.getAsLong() * NANOS_PER_SECOND / facts.elapsedNanos();
        double idle = PERCENT * stalled.getAsLong() / (facts.elapsedNanos() * MILLIS_PER_NANO * facts.streams());
        if (network <= MIN_NETWORK_PERCENT
                || perSecond <= MIN_RETRANSMITS_PER_SECOND
                || idle <= MIN_IDLE_PERCENT
                || new Policer().evaluate(facts) instanceof RuleResult.Found) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("network_percent", network, MIN_NETWORK_PERCENT)
                .item("retransmits_per_second", perSecond, MIN_RETRANSMITS_PER_SECOND)
                .item("timeout_percent", idle, MIN_IDLE_PERCENT)
                .hint(
                        "Losses with timeouts all along: an old link may have a duplex mismatch.",
                        "look at both ends of each link: ethtool DEVICE");
    }
}
