package dev.pitot.lab.results;

import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.Aggregate.Spread;
import dev.pitot.lab.results.TestId.Group;
import dev.pitot.lab.results.TextTable.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is different between two sessions: medians over the repetitions of each test, of the bitrate,
/// the loss and the jitter.
///
/// @param differences in the order of the first session; tests that only one of them has are left out
public record SessionComparison(List<Difference> differences) {
    private static final List<ThresholdMetric> COMPARED =
            List.of(ThresholdMetric.BITRATE, ThresholdMetric.LOSS, ThresholdMetric.JITTER);
    private static final double PERCENT = 100;
    private static final List<Column<Difference>> COLUMNS = SessionSummary.concat(
            SessionSummary.columns(Difference::group),
            List.of(
                    new Column<>("figure", each -> Thresholds.header(each.figure)),
                    new Column<>("before", each -> shown(each.figure, each.before)),
                    new Column<>("after", each -> shown(each.figure, each.after)),
                    new Column<>("change %", each -> percent(each.percent())),
                    new Column<>("noise %", each -> percent(each.noise / Math.abs(each.before.median()) * PERCENT)),
                    new Column<>("verdict", Difference::verdict)));

    public SessionComparison {
        differences = List.copyOf(differences);
    }

    /// One figure of one test in two sessions.
    ///
    /// @param group the test
    /// @param figure what is compared
    /// @param before in the first session
    /// @param after in the second one
    /// @param noise in the unit of the figure: a smaller difference means nothing. The larger of the
    ///     band around the first median, and half of what either session's repetitions spread
    public record Difference(Group group, ThresholdMetric figure, Spread before, Spread after, double noise) {
        static Difference of(Group group, ThresholdMetric figure, Spread before, Spread after, double bandPercent) {
            double band = Math.abs(before.median()) * bandPercent / PERCENT;
            return new Difference(
                    group, figure, before, after, Math.max(band, Math.max(halfSpread(before), halfSpread(after))));
        }

        /// 0 for a single run.
        private static double halfSpread(Spread spread) {
            return (spread.max() - spread.min()) / 2;
        }

        /// Of the second median from the first, in percent; infinite or NaN if the first is 0.
        public double percent() {
            return (after.median() - before.median()) / before.median() * PERCENT;
        }

        /// `same` within the noise, else `better` or `worse`: more bits, less loss and less jitter are
        /// better.
        public String verdict() {
            double gain = (after.median() - before.median()) * (figure == ThresholdMetric.BITRATE ? 1 : -1);
            return Math.abs(gain) <= noise ? "same" : gain > 0 ? "better" : "worse";
        }
    }

    /// Compares two sessions.
    ///
    /// @param bandPercent how far from the first median is the same
    public static SessionComparison of(Results before, Results after, double bandPercent) {
        Map<Group, Aggregate> others = new LinkedHashMap<>();
        after.summary().aggregates().forEach(aggregate -> others.put(aggregate.group(), aggregate));
        List<Difference> differences = new ArrayList<>();
        for (Aggregate each : before.summary().aggregates()) {
            Aggregate other = others.get(each.group());
            for (ThresholdMetric figure : COMPARED) {
                Spread one = each.figures().get(figure);
                Spread two = other == null ? null : other.figures().get(figure);
                if (one != null && two != null) {
                    differences.add(Difference.of(each.group(), figure, one, two, bandPercent));
                }
            }
        }
        return new SessionComparison(differences);
    }

    /// Whether the second session is worse anywhere.
    public boolean isWorse() {
        return differences.stream().anyMatch(each -> each.verdict().equals("worse"));
    }

    /// For people: a table, in lines that each end.
    public String text() {
        return TextTable.lines(COLUMNS, differences).stream()
                .map(line -> TextSanitizer.line(line) + "\n")
                .collect(Collectors.joining());
    }

    private static String shown(ThresholdMetric figure, Spread spread) {
        return Thresholds.text(figure, spread.median()) + " (" + spread.n() + ")";
    }

    private static String percent(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f", value) : TextTable.NONE;
    }

    /// An object for each difference, in lines that each end. Figures have all their digits.
    public String json() {
        return differences.stream().map(each -> object(each) + "\n").collect(Collectors.joining());
    }

    private static @Nullable Object object(Difference each) {
        Map<String, @Nullable Object> object = ResultFields.members(each.group);
        object.putAll(ResultFields.members("figure", each.figure, "before", each.before, "after", each.after));
        object.putAll(ResultFields.members("percent", each.percent(), "noise", each.noise, "verdict", each.verdict()));
        return ResultFields.json(object);
    }
}
