package dev.pitot.model.finding;

import dev.pitot.model.result.LossTiming;
import java.util.OptionalDouble;

/// A full queue on the path drops segments: losses come while the round trip is high.
final class CongestionLoss implements Rule {
    private static final double MIN_PERCENT = 0.1;
    private static final int MIN_LOSS_READINGS = 3; // proposed: a single burst may be the start's
    private static final double MIN_INFLATED_SHARE = 0.5;

    @Override
    public String id() {
        return "congestion_loss";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalDouble lost = facts.lostPercent();
        LossTiming losses = facts.losses();
        if (lost.isEmpty() || losses == null) {
            return new RuleResult.Missing("retransmitted bytes and their timing at the sender (Linux 4.19)");
        }
        double inflated = losses.inflatedShare();
        if (lost.getAsDouble() <= MIN_PERCENT
                || losses.lossReadings() < MIN_LOSS_READINGS
                || inflated < MIN_INFLATED_SHARE) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("lost_percent", lost.getAsDouble(), MIN_PERCENT)
                .item("loss_readings_with_queue_share", inflated, MIN_INFLATED_SHARE)
                .strong(
                        "A full queue on the path drops segments: " + FindingText.percent(lost.getAsDouble())
                                + " of the bytes were lost.",
                        "bbr".equals(facts.congestion())
                                ? "see whether it keeps up for longer: -t 30 -O 3"
                                : "try another congestion control: repeat with -C bbr");
    }
}
