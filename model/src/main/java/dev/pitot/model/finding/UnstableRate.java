package dev.pitot.model.finding;

import dev.pitot.model.result.RateSpread;
/// The rate varies so much that its mean says little.

final class UnstableRate implements Rule {
    private static final double MAX_VARIATION = 0.1;
    private static final double PERCENT = 100;
    private static final int MIN_SLICES = 5;

    @Override
    public String id() {
        return "unstable_rate";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        RateSpread rates = facts.rates();
        if (rates == null) {
            return new RuleResult.Missing("the rate over time");
        }
        if (rates.slices() < MIN_SLICES || rates.coefficientOfVariation() <= MAX_VARIATION) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("coefficient_of_variation", rates.coefficientOfVariation(), MAX_VARIATION)
                .hint(
                        "The rate varies by " + FindingText.percent(PERCENT * rates.coefficientOfVariation())
                                + " (standard deviation over mean).",
                        "repeat for longer: -t 60, and compare several runs");
    }
}
