package dev.pitot.model.finding;

import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;

/// Packets waited in the sending host's own queue (qdisc), not in the network.
final class OwnQueue implements Rule {
    private static final double MIN_MICROS = 10_000; // proposed

    @Override
    public String id() {
        return "own_queue";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        RoundTripStatistics waits = facts.loadedStatistics(LatencyMethod.LOCAL_QUEUE);
        if (waits == null) {
            return new RuleResult.Missing("timestamps of writes at the sender");
        }
        Double median = waits.percentiles().p50();
        if (median == null || median < MIN_MICROS) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("local_queue_p50_us", median, MIN_MICROS)
                .strong(
                        "The queue is in the sending host itself: packets waited " + FindingText.micros(median)
                                + " before they left it.",
                        "on the sending host: tc -s qdisc, then: tc qdisc replace dev DEVICE root fq");
    }
}
