package dev.pitot.model.finding;

import java.util.List;

/// Streams of one direction share it unequally (Jain's fairness index).
final class UnfairStreams implements Rule {
    private static final double HINT_BELOW = 0.9;
    private static final double STRONG_BELOW = 0.7;

    @Override
    public String id() {
        return "unfair_streams";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        List<Double> rates = facts.streamRates();
        double sum = rates.stream().mapToDouble(Double::doubleValue).sum();
        double squares = rates.stream().mapToDouble(rate -> rate * rate).sum();
        if (rates.size() < 2 || squares == 0) {
            return RuleResult.NOTHING;
        }
        double index = sum * sum / (rates.size() * squares);
        if (index >= HINT_BELOW) {
            return RuleResult.NOTHING;
        }
        var builder = new FindingBuilder(this, facts).item("jain_index", index, HINT_BELOW);
        String sentence = "The streams share the path unequally (Jain's index " + FindingText.number(index) + ").";
        String next = "repeat for longer: -t 60; if it stays, the streams take different paths or queues";
        return index < STRONG_BELOW ? builder.strong(sentence, next) : builder.hint(sentence, next);
    }
}
