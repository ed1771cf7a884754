package dev.pitot.lab.results;

import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.results.RunResult.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Judges what was measured by what must be kept. The bitrate is the receiver's, loss and jitter
/// are the receiver's, retransmits and round trips the sender's. What was not measured cannot be kept. A figure
/// that its program rounded counts as kept if it may be, and the sentence states that.
public final class Thresholds {
    private static final double BITS_PER_MEGABIT = 1e6;
    private static final MathContext DIGITS = new MathContext(3);

    private Thresholds() {}

    /// What to think of a test's figures.
    ///
    /// @param missed thresholds that are not kept, in their order
    /// @param sentences one for each that is missed, or kept only by the rounding of its figure
    public record Evaluation(List<Threshold> missed, List<String> sentences) {
        public Evaluation {
            missed = List.copyOf(missed);
            sentences = List.copyOf(sentences);
        }

        /// Passed or missed, for a test that ran to its end.
        public Verdict verdict() {
            return new Verdict(
                    missed.isEmpty() ? Verdict.Kind.PASSED : Verdict.Kind.MISSED,
                    null,
                    sentences.isEmpty() ? null : String.join("; ", sentences),
                    missed);
        }
    }

    /// The judgement of a test that ran to its end. If nothing must be kept, it has passed.
    public static Evaluation missed(List<Threshold> thresholds, Totals totals) {
        List<Threshold> missed = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        for (Threshold threshold : thresholds) {
            RoundedValue figure = figure(threshold.figure(), totals);
            String wanted = ", wanted " + (threshold.isAtLeast() ? "at least " : "at most ")
                    + amount(threshold.figure(), threshold.limit(), false);
            if (figure == null) {
                missed.add(threshold);
                sentences.add("no " + words(threshold.figure()).name + " was measured" + wanted);
                continue;
            }
            boolean isKept = isMet(threshold, figure.value(), figure.error());
            if (!isKept) {
                missed.add(threshold);
            }
            if (!isKept || !isMet(threshold, figure.value(), 0)) {
                sentences.add(shown(threshold, figure.value())
                        + wanted
                        + (isKept
                                ? ": counted as kept, since its program rounds to ± "
                                        + amount(threshold.figure(), figure.error(), true)
                                : ""));
            }
        }
        return new Evaluation(missed, sentences);
    }

    /// A figure of a test, in the unit of its limit; null if it was not measured.
    static @Nullable Double value(ThresholdMetric figure, Totals totals) {
        RoundedValue measured = figure(figure, totals);
        return measured == null ? null : (Double) measured.value();
    }

    /// How people read a figure.
    ///
    /// @param name in a sentence
    /// @param measured before an amount
    /// @param unit behind an amount
    private record Words(String name, String measured, String unit) {}

    private static Words words(ThresholdMetric figure) {
        return switch (figure) {
            case BITRATE -> new Words("bitrate", "received ", "Mbit/s");
            case LOSS -> new Words("loss", "lost ", "%");
            case JITTER -> new Words("jitter", "jitter of ", "ms");
            case RETRANSMITS -> new Words("number of retransmits", "", "retransmits");
            case LOADED_RTT_P95 ->
                new Words("95th percentile of the round trips under load", "round trips under load of ", "ms (p95)");
        };
    }

    private static double scaled(ThresholdMetric figure, double value) {
        return figure == ThresholdMetric.BITRATE ? value / BITS_PER_MEGABIT : value;
    }

    /// A figure in a table, without its unit: `94.100`.
    static String text(ThresholdMetric figure, @Nullable Double value) {
        return value == null
                ? TextTable.NONE
                : String.format(
                        Locale.ROOT, figure == ThresholdMetric.RETRANSMITS ? "%.0f" : "%.3f", scaled(figure, value));
    }

    /// The head of such a table.
    static String header(ThresholdMetric figure) {
        return switch (figure) {
            case BITRATE -> "Mbit/s";
            case LOSS -> "loss %";
            case JITTER -> "jitter ms";
            case RETRANSMITS -> "retr";
            case LOADED_RTT_P95 -> "loaded ms";
        };
    }

    private static boolean isMet(Threshold threshold, double value, double error) {
        return threshold.isAtLeast() ? value + error >= threshold.limit() : value - error <= threshold.limit();
    }

    private static @Nullable RoundedValue figure(ThresholdMetric figure, Totals totals) {
        return switch (figure) {
            case BITRATE -> totals.receivedBitsPerSecond();
            case LOSS -> exact(totals.lossPercent());
            case JITTER -> exact(totals.jitterMillis());
            case RETRANSMITS -> exact(totals.retransmits());
            case LOADED_RTT_P95 -> exact(totals.loadedRttP95Millis());
        };
    }

    private static @Nullable RoundedValue exact(@Nullable Number value) {
        return value == null ? null : RoundedValue.exact(value.doubleValue());
    }

    /// In three digits, or in as many as show that the limit is not kept.
    private static String shown(Threshold threshold, double value) {
        double rounded = Double.isFinite(value) ? round(value) : value;
        return words(threshold.figure()).measured + amount(threshold.figure(), value, !isMet(threshold, rounded, 0));
    }

    private static double round(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private static String amount(ThresholdMetric figure, double value, boolean isRounded) {
        if (!Double.isFinite(value)) {
            return "no number";
        }
        double shown = isRounded && figure != ThresholdMetric.RETRANSMITS ? round(value) : value;
        return ResultFields.csv(scaled(figure, shown)) + " " + words(figure).unit;
    }
}
