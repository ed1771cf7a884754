package dev.pitot.model.finding;

import dev.pitot.model.result.LossTiming;

/// Losses without a queue that follow a token bucket: a policer (method of "An Internet-wide analysis of
/// traffic policing", SIGCOMM 2016).
///
/// The limits of the two shares part what was measured in network namespaces, in 40 tests: at policers of
/// 20 Mbit/s 0.69 to 1, and 1; at random losses of 0.1 to 20 %, with losses in at most 75 % of the readings,
/// at most 0.26 where the second is above 0.4.
final class Policer implements Rule {
    private static final int MIN_LOSS_READINGS = 15;
    private static final double MAX_LOSS_SHARE = 0.75; // losses come when the tokens are used up, not all along
    private static final double MAX_INFLATED_SHARE = 0.2;
    private static final double MIN_EMPTY_SHARE = 0.6;
    private static final double MIN_FILLED_SHARE = 0.9;

    @Override
    public String id() {
        return "policer";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        LossTiming losses = facts.losses();
        if (losses == null) {
            return new RuleResult.Missing("the timing of losses at the sender");
        }
        LossTiming.TokenBucket bucket = losses.policer();
        double inflated = losses.inflatedShare();
        if (bucket == null
                || losses.lossReadings() < MIN_LOSS_READINGS
                || losses.lossReadings() > MAX_LOSS_SHARE * losses.readings()
                || facts.reachesTarget()
                || facts.retransmitsNeedlessly()
                || inflated > MAX_INFLATED_SHARE
                || bucket.emptyShare() < MIN_EMPTY_SHARE
                || bucket.filledShare() < MIN_FILLED_SHARE) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("loss_readings", losses.lossReadings(), MIN_LOSS_READINGS)
                .item("loss_readings_with_queue_share", inflated, MAX_INFLATED_SHARE)
                .item("loss_readings_with_empty_bucket_share", bucket.emptyShare(), MIN_EMPTY_SHARE)
                .strong(
                        "A policer drops what exceeds about " + FindingText.rate(bucket.bitsPerSecond())
                                + ": losses come without a queue, whenever its tokens are used up.",
                        "pace below it: repeat with -b "
                                + FindingText.option(0.95 * bucket.bitsPerSecond() / Math.max(1, facts.streams())));
    }
}
