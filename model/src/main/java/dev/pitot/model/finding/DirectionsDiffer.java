package dev.pitot.model.finding;

import java.util.OptionalDouble;

/// One direction of a bidirectional test is much faster than the other.
final class DirectionsDiffer implements Rule {
    private static final double MIN_RATIO = 1.5;

    @Override
    public String id() {
        return "directions_differ";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        OptionalDouble other = facts.otherDirectionBitsPerSecond();
        if (other.isEmpty() || !facts.isFirstDirection()) {
            return RuleResult.NOTHING;
        }
        double slower = Math.min(other.getAsDouble(), facts.bitsPerSecond());
        double faster = Math.max(other.getAsDouble(), facts.bitsPerSecond());
        if (slower == 0 || faster / slower <= MIN_RATIO) {
            return RuleResult.NOTHING;
        }
        boolean sendingIsFaster =
                (facts.bitsPerSecond() > other.getAsDouble()) == facts.role().isSender();
        return new FindingBuilder(this, facts)
                .item("ratio", faster / slower, MIN_RATIO)
                .hint(
                        "The directions differ: " + (sendingIsFaster ? "sending" : "receiving") + " is "
                                + FindingText.number(faster / slower) + " times as fast.",
                        "measure each alone: without --bidir, and with -R");
    }
}
