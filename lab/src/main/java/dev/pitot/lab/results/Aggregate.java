package dev.pitot.lab.results;

import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.results.TestId.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The repetitions of one test put together: one number for each figure. Only runs that were
/// measured to their end count, and of these only those that measured the figure.
///
/// @param group what they have in common
/// @param figures by kind; what no run measured is not in it
public record Aggregate(Group group, Map<ThresholdMetric, Spread> figures) {
    public Aggregate {
        Map<ThresholdMetric, Spread> copy = new EnumMap<>(ThresholdMetric.class);
        copy.putAll(figures);
        figures = Collections.unmodifiableMap(copy);
    }

    /// How one figure is spread over the repetitions.
    ///
    /// @param n how many runs measured it, 1 or more
    /// @param median of an even number, the mean of the two in the middle
    public record Spread(int n, double median, double mean, double min, double max) {
        /// The spread of values in any order.
        ///
        /// @throws IllegalArgumentException if there are no values
        public static Spread of(List<Double> values) {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("no values");
            }
            List<Double> sorted = values.stream().sorted().toList();
            int n = sorted.size();
            double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
            double mean = sorted.stream().mapToDouble(value -> value).sum() / n;
            return new Spread(n, median, mean, sorted.getFirst(), sorted.getLast());
        }
    }

    /// In the order of the groups' first runs.
    ///
    /// @param runs one for each test
    public static List<Aggregate> of(List<RunResult> runs) {
        Map<Group, List<Totals>> groups = new LinkedHashMap<>();
        for (RunResult run : runs) {
            List<Totals> totals = groups.computeIfAbsent(run.id().group(), _ -> new ArrayList<>());
            if (isMeasured(run.verdict().kind())) {
                totals.add(Totals.of(run.measurements()));
            }
        }
        return groups.entrySet().stream()
                .map(group -> of(group.getKey(), group.getValue()))
                .toList();
    }

    private static Aggregate of(Group group, List<Totals> runs) {
        Map<ThresholdMetric, Spread> figures = new EnumMap<>(ThresholdMetric.class);
        for (ThresholdMetric figure : ThresholdMetric.values()) {
            List<Double> values = values(runs, totals -> Thresholds.value(figure, totals));
            if (!values.isEmpty()) {
                figures.put(figure, Spread.of(values));
            }
        }
        return new Aggregate(group, figures);
    }

    private static List<Double> values(List<Totals> runs, Function<Totals, @Nullable Double> figure) {
        List<Double> values = new ArrayList<>();
        for (Totals run : runs) {
            Double value = figure.apply(run);
            if (value != null && Double.isFinite(value)) {
                values.add(value);
            }
        }
        return values;
    }

    private static boolean isMeasured(Verdict.Kind kind) {
        return switch (kind) {
            case PASSED, MISSED -> true;
            case FAILED, STOPPED -> false;
        };
    }
}
