package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalLong;

/// The kernel's pacing rate (SO_MAX_PACING_RATE) was the limit.
final class PacingLimit implements Rule {
    private static final double TOLERANCE = 0.05; // pacing counts packet headers, the rate does not
    private static final double BITS = 8;

    @Override
    public String id() {
        return "pacing_limit";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalLong limit = facts.sent(TcpField.MAX_PACING_RATE);
        if (limit.isEmpty() || facts.test().streams().pacing().fairQueueRate().isUnlimited()) {
            return RuleResult.NOTHING; // no limit is set
        }
        double limitBits = limit.getAsLong() * BITS;
        double rate = facts.bitsPerSecond();
        if (Math.abs(rate / limitBits - 1) > TOLERANCE) {
            return RuleResult.NOTHING;
        }
        boolean askedForMore = facts.targetBitsPerSecond() > limitBits;
        return askedForMore
                ? new FindingBuilder(this, facts)
                        .item("max_pacing_rate_bits_per_second", limitBits, rate)
                        .strong(
                                "The kernel's pacing was the limit: " + FindingText.rate(limitBits)
                                        + " (--fq-rate), less than" + " the rate of -b.",
                                "repeat without --fq-rate")
                : new FindingBuilder(this, facts)
                        .item("max_pacing_rate_bits_per_second", limitBits, rate)
                        .hint(
                                "The rate is the kernel's pacing rate, as asked for: " + FindingText.rate(limitBits)
                                        + ".",
                                "repeat without --fq-rate to see the path's own limit");
    }
}
