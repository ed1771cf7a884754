package dev.pitot.model.finding;

import dev.pitot.model.result.RateSpread;
/// The test is too short: much of it was the ramp.

final class ShortRun implements Rule {
    private static final double MIN_RAMP_SHARE = 0.2;
    private static final double PERCENT = 100;

    @Override
    public String id() {
        return "short_run";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        RateSpread rates = facts.rates();
        if (rates == null) {
            return new RuleResult.Missing("the rate over time");
        }
        if (rates.rampShare() <= MIN_RAMP_SHARE || facts.isPaced()) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("ramp_share", rates.rampShare(), MIN_RAMP_SHARE)
                .hint(
                        "The test was too short: it took " + FindingText.percent(PERCENT * rates.rampShare())
                                + " of it to reach its rate.",
                        "repeat for longer, without the ramp: -t 30 -O 3");
    }
}
