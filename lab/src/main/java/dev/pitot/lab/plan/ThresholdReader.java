package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.model.unit.UnitScale;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what results must keep, such as `">= 90M"`.
final class ThresholdReader {
    private static final Pattern LIMIT =
            Pattern.compile("\\s*(>=|<=)\\s*([0-9]{1,12}(?:\\.[0-9]{1,9})?)\\s*([^0-9\\s]*)\\s*");
    private static final Pattern RATE = Pattern.compile("([kKMGT]?)(?:bit/s|bits/s|bps)|[kKMGT]");
    private static final double MOST_PERCENT = 100;

    private ThresholdReader() {}

    static List<Threshold> read(TableReader thresholds) {
        List<Threshold> found = new ArrayList<>();
        for (Entry entry : thresholds.entries()) {
            ThresholdMetric figure = KeyType.FIGURE.meaning(entry.key());
            if (figure == null) {
                continue; // an unknown key is a problem already
            }
            for (PlanValue limit : thresholds.items(entry.key())) {
                read(figure, limit, found);
            }
            checkPair(figure, entry.place(), found);
        }
        return found;
    }

    private static void read(ThresholdMetric figure, PlanValue item, List<Threshold> found) {
        if (item instanceof Scalar text) {
            Matcher limit = LIMIT.matcher(text.text());
            if (limit.matches()) {
                double value = value(figure, limit.group(2), limit.group(3));
                boolean isAtLeast = limit.group(1).equals(">=");
                if (!Double.isNaN(value)) {
                    if (found.stream().anyMatch(it -> it.figure() == figure && it.isAtLeast() == isAtLeast)) {
                        item.report("there is another limit with '" + limit.group(1) + "' already");
                    }
                    found.add(new Threshold(figure, isAtLeast, value));
                    return;
                }
            }
        }
        item.report("a limit for " + wanted(figure));
    }

    /// A result cannot keep a lower limit that is above the upper one.
    private static void checkPair(ThresholdMetric figure, SourcePosition position, List<Threshold> found) {
        List<Threshold> limits =
                found.stream().filter(limit -> limit.figure() == figure).toList();
        if (limits.stream()
                .filter(Threshold::isAtLeast)
                .anyMatch(lower ->
                        limits.stream().anyMatch(upper -> !upper.isAtLeast() && upper.limit() < lower.limit()))) {
            position.report("no result can keep both limits: the lower one is above the upper one");
        }
    }

    /// In the figure's unit; NaN if it has another.
    private static double value(ThresholdMetric figure, String number, String unit) {
        double value = Double.parseDouble(number);
        return switch (figure) {
            case BITRATE -> RATE.matcher(unit).matches() ? value * factor(unit) : Double.NaN;
            case LOSS -> unit.equals("%") && value <= MOST_PERCENT ? value : Double.NaN;
            case JITTER, LOADED_RTT_P95 -> value * milliseconds(unit);
            case RETRANSMITS -> unit.isEmpty() ? value : Double.NaN;
        };
    }

    /// In bit/s; NaN if a text is no bitrate.
    static double bitrate(String text) {
        Matcher rate = LIMIT.matcher(">=" + text);
        return rate.matches() ? value(ThresholdMetric.BITRATE, rate.group(2), rate.group(3)) : Double.NaN;
    }

    private static double factor(String unit) {
        return unit.startsWith("b") ? 1 : UnitScale.DECIMAL.parse("1" + unit.charAt(0));
    }

    private static double milliseconds(String unit) {
        return switch (unit) {
            case "us" -> 0.001;
            case "ms" -> 1;
            case "s" -> 1000;
            default -> Double.NaN;
        };
    }

    private static String wanted(ThresholdMetric figure) {
        return switch (figure) {
            case BITRATE -> "bitrate is written as \">= 90M\" (bits per second, with K, M, G, or bit/s)";
            case LOSS -> "loss is written as \"<= 1%\" (percent of the datagrams, with its sign)";
            case JITTER -> "jitter is written as \"<= 5 ms\" (with us, ms or s)";
            case RETRANSMITS -> "retransmits is written as \"<= 10\" (segments, without a unit)";
            case LOADED_RTT_P95 -> "loaded_rtt_p95 is written as \"<= 30 ms\" (with us, ms or s)";
        };
    }
}
