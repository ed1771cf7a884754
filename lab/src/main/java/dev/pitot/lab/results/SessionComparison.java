package dev.pitot.lab.results;

import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.Aggregate.Group;
import dev.pitot.lab.results.Aggregate.Spread;
import dev.pitot.output.json.JsonObjectWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What is different between two sessions: medians over the repetitions of each test, of the bitrate,
/// the loss and the jitter.
///
/// @param differences in the order of the first session; tests that only one of them has are left out
public record SessionComparison(List<Difference> differences) {
    private static final List<ThresholdMetric> COMPARED =
            List.of(ThresholdMetric.BITRATE, ThresholdMetric.LOSS, ThresholdMetric.JITTER);
    private static final double PERCENT = 100;

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
        List<String> header =
                List.of("test", "from", "to", "sweep", "figure", "before", "after", "change %", "noise %", "verdict");
        return new TextTable(
                        header, differences.stream().map(SessionComparison::row).toList())
                .lines().stream().map(line -> TextSanitizer.line(line) + "\n").collect(Collectors.joining());
    }

    private static List<String> row(Difference each) {
        Map<String, String> parameters =
                new LinkedHashMap<>(each.group.parameters().variables());
        parameters.putAll(each.group.parameters().sweep());
        return List.of(
                each.group.test(),
                each.group.pair().sender(),
                each.group.pair().receiver(),
                SessionSummary.sweep(parameters),
                switch (each.figure) {
                    case BITRATE -> "Mbit/s";
                    case LOSS -> "loss %";
                    case JITTER -> "jitter ms";
                    case RETRANSMITS -> "retransmits";
                },
                shown(each.figure, each.before) + " (" + each.before.n() + ")",
                shown(each.figure, each.after) + " (" + each.after.n() + ")",
                percent(each.percent()),
                percent(each.noise / Math.abs(each.before.median()) * PERCENT),
                each.verdict());
    }

    private static String shown(ThresholdMetric figure, Spread spread) {
        return SessionSummary.fixed(
                figure == ThresholdMetric.BITRATE
                        ? spread.median() / SessionSummary.BITS_PER_MEGABIT
                        : spread.median());
    }

    private static String percent(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f", value) : SessionSummary.NONE;
    }

    /// An object for each difference, in lines that each end. Figures have all their digits.
    public String json() {
        return differences.stream().map(each -> object(each) + "\n").collect(Collectors.joining());
    }

    private static JsonObjectWriter object(Difference each) {
        return group(each.group)
                .put("figure", ResultFields.word(each.figure))
                .put("before", ResultFields.object(each.before))
                .put("after", ResultFields.object(each.after))
                .put("percent", ResultFields.decimal(each.percent()))
                .put("noise", ResultFields.decimal(each.noise))
                .put("verdict", each.verdict());
    }

    /// What the repetitions of a test have in common, as members of an object.
    static JsonObjectWriter group(Group group) {
        return new JsonObjectWriter()
                .put("test", group.test())
                .put("node", group.pair().node())
                .put("peer", group.pair().peer())
                .put("direction", ResultFields.word(group.pair().direction()))
                .put("protocol", ResultFields.word(group.protocol()))
                .put("variables", ResultFields.object(group.parameters().variables()))
                .put("sweep", ResultFields.object(group.parameters().sweep()));
    }
}
