package dev.pitot.model.finding;

import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestStart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Findings of one test, causes before effects.
///
/// @param found the most important first
/// @param notTestable rules that apply to the test but lack values
public record Findings(List<Finding> found, List<NotTestable> notTestable) {
    /// Shortest test that has findings: in less, the beginning and the end are most of it.
    private static final long MIN_NANOS = 1_000_000_000;

    /// No findings.
    public static final Findings NONE = new Findings(List.of(), List.of());

    /// Copies the lists.
    public Findings {
        found = List.copyOf(found);
        notTestable = List.copyOf(notTestable);
    }

    /// A rule that lacks values.
    ///
    /// @param id name of the finding that could not be tested
    /// @param role role of the local end in the direction
    /// @param reason values that are missing
    public record NotTestable(String id, StreamRole role, String reason) {}

    /// Applies all rules to a finished test.
    ///
    /// @return none if the summary has no evidence, or the test was shorter than a second
    public static Findings of(TestStart start, Summary summary) {
        if (summary.evidence() == null) {
            return NONE;
        }
        List<DirectionFacts> directions = DirectionFacts.of(start, summary, summary.evidence()).stream()
                .filter(facts -> facts.elapsedNanos() >= MIN_NANOS)
                .toList();
        var found = new ArrayList<Ranked>();
        var notTestable = new ArrayList<NotTestable>();
        for (int rank = 0; rank < Rule.ALL.size(); rank++) {
            Rule rule = Rule.ALL.get(rank);
            for (DirectionFacts facts : directions) {
                switch (rule.evaluate(facts)) {
                    case RuleResult.Found(Finding finding) -> found.add(new Ranked(rank, finding));
                    case RuleResult.Missing(String reason) ->
                        notTestable.add(new NotTestable(rule.id(), facts.role(), reason));
                    case RuleResult.Nothing _ -> {}
                }
            }
        }
        return new Findings(
                found.stream().sorted(Ranked.ORDER).map(Ranked::finding).toList(), notTestable);
    }

    /// A finding and the place of its rule.
    private record Ranked(int rank, Finding finding) {
        /// Strong findings before hints, then causes before effects.
        static final Comparator<Ranked> ORDER = Comparator.comparing(
                        (Ranked ranked) -> ranked.finding().confidence())
                .thenComparingInt(Ranked::rank);
    }
}
