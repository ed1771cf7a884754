package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalDouble;

/// The congestion window was the limit most of the time: the path gives no more.
final class NetworkLimit implements Rule {
    private static final long MIN_NANOS = 1_000_000_000; // in less, the slow start is most of it
    private static final double MAIN_PERCENT =
            80; // proposed: the time in which the program fills the socket counts too
    private static final double MAX_BUSY_PERCENT = 25; // proposed: more, and a processor may be the limit

    @Override
    public String id() {
        return "network_limit";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp() || facts.isPaced() || facts.elapsedNanos() < MIN_NANOS) {
            return RuleResult.NOTHING;
        }
        OptionalDouble busy = facts.percentOfTime(TcpField.BUSY_TIME);
        OptionalDouble window = facts.percentOfTime(TcpField.RWND_LIMITED);
        OptionalDouble buffer = facts.percentOfTime(TcpField.SNDBUF_LIMITED);
        if (busy.isEmpty() || window.isEmpty() || buffer.isEmpty()) {
            return new RuleResult.Missing("the times that data was outstanding and why (Linux 4.10)");
        }
        double network = busy.getAsDouble() - window.getAsDouble() - buffer.getAsDouble();
        if (network <= MAIN_PERCENT
                || facts.senderThreadPercent().orElse(0) > MAX_BUSY_PERCENT
                || new SenderBuffer().evaluate(facts) instanceof RuleResult.Found
                || new SenderProcessor().evaluate(facts) instanceof RuleResult.Found
                || new ReceiverProcessor().evaluate(facts) instanceof RuleResult.Found) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("network_percent", network, MAIN_PERCENT)
                .hint(
                        "The path was the limit: the congestion window held the data back "
                                + FindingText.percent(network) + " of the time.",
                        "see whether one flow is limited: repeat with -P 4");
    }
}
