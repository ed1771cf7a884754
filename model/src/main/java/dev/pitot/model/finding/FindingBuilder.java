package dev.pitot.model.finding;

import java.util.ArrayList;
import java.util.List;

/// Builder of one rule's finding.
final class FindingBuilder {
    private final Rule rule;
    private final DirectionFacts facts;
    private final List<Finding.Item> items = new ArrayList<>();

    FindingBuilder(Rule rule, DirectionFacts facts) {
        this.rule = rule;
        this.facts = facts;
    }

    /// Adds a value that the finding rests on, and the limit that it was compared with.
    FindingBuilder item(String field, double value, double threshold) {
        items.add(new Finding.Item(field, value, threshold));
        return this;
    }

    /// Adds a count that the finding rests on.
    FindingBuilder item(String field, long value, long threshold) {
        return item(field, (double) value, (double) threshold);
    }

    RuleResult strong(String sentence, String nextStep) {
        return build(sentence, Finding.Confidence.STRONG, nextStep);
    }

    RuleResult hint(String sentence, String nextStep) {
        return build(sentence, Finding.Confidence.HINT, nextStep);
    }

    private RuleResult build(String sentence, Finding.Confidence confidence, String nextStep) {
        return new RuleResult.Found(new Finding(rule.id(), facts.role(), sentence, items, confidence, nextStep));
    }
}
