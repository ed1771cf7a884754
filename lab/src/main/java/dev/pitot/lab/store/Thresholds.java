package dev.pitot.lab.store;

import dev.pitot.lab.parse.Measured;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.plan.Threshold.Figure;
import dev.pitot.lab.store.RunResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges what was measured by what must be kept. The bitrate is the receiver's, loss and jitter
/// are the receiver's, retransmits the sender's. What was not measured cannot be kept. A figure
/// that its program rounded counts as kept if it may be, and the judgement says so.
public final class Thresholds {
    private Thresholds() {}

    /// What to think of a test's figures.
    ///
    /// @param missed thresholds that are not kept, in their order
    /// @param sentences one for each that is missed, or kept only by the rounding of its figure
    public record Judgement(List<Threshold> missed, List<String> sentences) {
        public Judgement {
            missed = List.copyOf(missed);
            sentences = List.copyOf(sentences);
        }

        /// Passed or missed, for a test that ran to its end.
        public Verdict verdict() {
            return new Verdict(
                    missed.isEmpty() ? Verdict.Kind.PASSED : Verdict.Kind.MISSED,
                    null,
                    sentences.isEmpty() ? null : String.join(" ", sentences),
                    missed);
        }
    }

    /// The judgement of a test that ran to its end. If nothing must be kept, it has passed.
    public static Judgement missed(List<Threshold> thresholds, Totals totals) {
        List<Threshold> missed = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        for (Threshold threshold : thresholds) {
            Measured figure = figure(threshold.figure(), totals);
            String name = name(threshold.figure());
            if (figure == null) {
                missed.add(threshold);
                sentences.add(name + " was not measured, so " + limit(threshold) + " cannot be kept.");
            } else if (!isKept(threshold, figure.value(), figure.error())) {
                missed.add(threshold);
                sentences.add(name + " is " + shown(threshold.figure(), figure) + ", not " + limit(threshold) + ".");
            } else if (!isKept(threshold, figure.value(), 0)) {
                sentences.add(name + " is " + shown(threshold.figure(), figure) + ", and may be " + limit(threshold)
                        + " as its program rounds: counted as kept.");
            }
        }
        return new Judgement(missed, sentences);
    }

    /// The threshold in few characters: `bitrate >= 100000000`.
    static String text(Threshold threshold) {
        return Words.of(threshold.figure())
                + (threshold.isAtLeast() ? " >= " : " <= ")
                + Decimals.text(threshold.limit());
    }

    /// A figure of a test, in the unit of its limit; null if it was not measured.
    static @Nullable Double value(Figure figure, Totals totals) {
        Measured measured = figure(figure, totals);
        return measured == null ? null : (Double) measured.value();
    }

    private static boolean isKept(Threshold threshold, double value, double error) {
        return threshold.isAtLeast() ? value + error >= threshold.limit() : value - error <= threshold.limit();
    }

    private static @Nullable Measured figure(Figure figure, Totals totals) {
        return switch (figure) {
            case BITRATE -> totals.receivedBitsPerSecond();
            case LOSS -> exact(totals.lossPercent());
            case JITTER -> exact(totals.jitterMillis());
            case RETRANSMITS -> exact(totals.retransmits());
        };
    }

    private static @Nullable Measured exact(@Nullable Number value) {
        return value == null ? null : Measured.exact(value.doubleValue());
    }

    private static String limit(Threshold threshold) {
        return (threshold.isAtLeast() ? "at least " : "at most ")
                + Decimals.text(threshold.limit())
                + unit(threshold.figure());
    }

    private static String shown(Figure kind, Measured figure) {
        String rounding = figure.error() == 0 ? "" : " ± " + Decimals.text(figure.error());
        return Decimals.text(figure.value()) + rounding + unit(kind);
    }

    private static String name(Figure figure) {
        return switch (figure) {
            case BITRATE -> "The bitrate received";
            case LOSS -> "The loss of datagrams";
            case JITTER -> "The jitter";
            case RETRANSMITS -> "The number of retransmits";
        };
    }

    private static String unit(Figure figure) {
        return switch (figure) {
            case BITRATE -> " bit/s";
            case LOSS -> " %";
            case JITTER -> " ms";
            case RETRANSMITS -> "";
        };
    }
}
