package dev.pitot.probe.rpm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Times of completed probes, by the interval in which they were completed; older intervals than the moving
/// average spans are forgotten. Safe for any thread.
final class ProbeTimes {
    private final RpmOptions.StabilityPlan plan;
    private final Deque<OneInterval> intervals = new ArrayDeque<>(List.of(new OneInterval()));

    ProbeTimes(RpmOptions.StabilityPlan plan) {
        this.plan = plan;
    }

    /// Phases of one foreign probe, in milliseconds.
    ///
    /// @param tls null without TLS
    record Foreign(double tcp, @Nullable Double tls, double http) {}

    private record OneInterval(List<Foreign> foreign, List<Double> self) {
        OneInterval() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    synchronized void add(Foreign times) {
        intervals.getLast().foreign().add(times);
    }

    synchronized void addSelf(double millis) {
        intervals.getLast().self().add(millis);
    }

    /// Ends the interval and returns the terms of the last ones, this included.
    synchronized RpmTerms endInterval() {
        RpmTerms terms = terms();
        intervals.addLast(new OneInterval());
        if (intervals.size() > plan.distance()) {
            intervals.removeFirst();
        }
        return terms;
    }

    /// Returns the terms of all probes that are known.
    synchronized RpmTerms terms() {
        List<Foreign> foreign =
                intervals.stream().flatMap(each -> each.foreign().stream()).toList();
        List<Double> self =
                intervals.stream().flatMap(each -> each.self().stream()).toList();
        return new RpmTerms(
                mean(foreign, Foreign::tcp),
                mean(foreign, Foreign::tls),
                mean(foreign, Foreign::http),
                mean(self, each -> each),
                new RpmTerms.Counts(foreign.size(), self.size()));
    }

    private <T> @Nullable Double mean(List<T> of, Function<T, @Nullable Double> value) {
        double[] values = of.stream()
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        return TrimmedMean.of(values, plan.kept());
    }
}
