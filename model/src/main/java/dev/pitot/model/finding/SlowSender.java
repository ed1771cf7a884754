package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalDouble;

/// The sending program did not offer enough data, though no rate was asked for.
final class SlowSender implements Rule {
    private static final long MIN_NANOS = 1_000_000_000; // in less, the end of the data is part of it
    private static final double MIN_IDLE_PERCENT = 20;
    private static final double MAX_WAIT_PERCENT = 10; // more, and the processor is the cause
    private static final double PERCENT = 100;

    @Override
    public String id() {
        return "slow_sender";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp() || facts.isPaced() || facts.elapsedNanos() < MIN_NANOS) {
            return RuleResult.NOTHING;
        }
        OptionalDouble busy = facts.percentOfTime(TcpField.BUSY_TIME);
        if (busy.isEmpty()) {
            return new RuleResult.Missing("the time that data was outstanding (Linux 4.10)");
        }
        double idle = PERCENT - busy.getAsDouble();
        boolean waitsForProcessor = facts.senderWaitPercent() >= MAX_WAIT_PERCENT;
        if (idle <= MIN_IDLE_PERCENT
                || waitsForProcessor
                || new SenderProcessor().evaluate(facts) instanceof RuleResult.Found) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("idle_percent", idle, MIN_IDLE_PERCENT)
                .hint(
                        "The sending program was too slow: the connection had nothing to send "
                                + FindingText.percent(idle) + " of the time.",
                        "repeat with larger blocks: -l 1M; with -F, the file may be slow");
    }
}
