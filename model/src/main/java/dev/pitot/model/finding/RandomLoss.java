package dev.pitot.model.finding;

import dev.pitot.model.result.LossTiming;
import java.util.OptionalDouble;

/// Losses without a queue and without the pattern of a policer: the link itself, probably.
final class RandomLoss implements Rule {
    private static final double MIN_PERCENT = 0.01;
    private static final double MAX_INFLATED_SHARE = 0.5;
    private static final int MIN_LOSS_READINGS = 3;

    @Override
    public String id() {
        return "random_loss";
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
                || inflated >= MAX_INFLATED_SHARE
                || facts.retransmitsNeedlessly()
                || new Policer().evaluate(facts) instanceof RuleResult.Found) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("lost_percent", lost.getAsDouble(), MIN_PERCENT)
                .item("loss_readings_with_queue_share", inflated, MAX_INFLATED_SHARE)
                .hint(
                        "Segments are lost although no queue is full: " + FindingText.percent(lost.getAsDouble())
                                + " of the bytes were lost. The link itself may be bad.",
                        "look at the links' error counters: ip -s link; or measure the loss: repeat with -u -b "
                                + FindingText.option(facts.meanStreamRate() / 2));
    }
}
