package dev.pitot.lab.plan;

import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Rows;
import dev.pitot.lab.plan.Item.Text;
import dev.pitot.lab.plan.Threshold.Figure;
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

    private final Problems problems;

    ThresholdReader(Problems problems) {
        this.problems = problems;
    }

    List<Threshold> read(TableReader thresholds) {
        List<Threshold> found = new ArrayList<>();
        for (Entry entry : thresholds.entries()) {
            Figure figure = Words.FIGURES.meaning(entry.key());
            if (figure == null) {
                continue; // an unknown key is told already
            }
            List<Item> limits = entry.value() instanceof Rows rows ? rows.items() : List.of(entry.value());
            for (Item limit : limits) {
                read(figure, limit, found);
            }
        }
        return found;
    }

    private void read(Figure figure, Item item, List<Threshold> found) {
        if (item instanceof Text text) {
            Matcher limit = LIMIT.matcher(text.text());
            if (limit.matches()) {
                double value = value(figure, limit.group(2), limit.group(3));
                if (!Double.isNaN(value)) {
                    found.add(new Threshold(figure, limit.group(1).equals(">="), value));
                    return;
                }
            }
        }
        problems.add(item.place(), "a limit for " + wanted(figure));
    }

    /// In the figure's unit; NaN if it has another.
    private static double value(Figure figure, String number, String unit) {
        double value = Double.parseDouble(number);
        return switch (figure) {
            case BITRATE -> RATE.matcher(unit).matches() ? value * factor(unit) : Double.NaN;
            case LOSS -> unit.equals("%") && value <= MOST_PERCENT ? value : Double.NaN;
            case JITTER -> value * milliseconds(unit);
            case RETRANSMITS -> unit.isEmpty() ? value : Double.NaN;
        };
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

    private static String wanted(Figure figure) {
        return switch (figure) {
            case BITRATE -> "bitrate is written as \">= 90M\" (bits per second, with K, M, G, or bit/s)";
            case LOSS -> "loss is written as \"<= 1%\" (percent of the datagrams, with its sign)";
            case JITTER -> "jitter is written as \"<= 5 ms\" (with us, ms or s)";
            case RETRANSMITS -> "retransmits is written as \"<= 10\" (segments, without a unit)";
        };
    }
}
