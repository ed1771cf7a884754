package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A range of numbers such as `0..60 step 10` or `3..-3`, in exact decimals. The end is one of its
/// values if a step hits it; without a step it is 1. A falling range steps down.
///
/// @param step signed
/// @param count of values, 1 or more; a thousand millions and more are not told apart
record ValueRange(BigDecimal first, BigDecimal step, long count) {
    /// More steps count as so many.
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    private static final String NUMBER = "-?[0-9]{1,12}(?:\\.[0-9]{1,9})?";
    private static final Pattern RANGE =
            Pattern.compile("\\s*(" + NUMBER + ")\\s*\\.\\.\\s*(" + NUMBER + ")(?:\\s+step\\s+(" + NUMBER + "))?\\s*");

    /// The range that a text is; null if it is none.
    static @Nullable ValueRange of(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            return null;
        }
        var first = new BigDecimal(range.group(1));
        BigDecimal way = new BigDecimal(range.group(2)).subtract(first);
        BigDecimal step = range.group(3) == null ? BigDecimal.ONE : new BigDecimal(range.group(3));
        if (step.signum() == 0 || (step.signum() < 0 && way.signum() > 0)) {
            return null;
        }
        step = way.signum() < 0 ? step.abs().negate() : step;
        long steps = way.divide(step, 0, RoundingMode.DOWN).min(MOST).longValueExact();
        return new ValueRange(first, step, steps + 1);
    }

    /// How many values an item stands for, before any of them is made.
    static long count(PlanValue item) {
        return switch (item) {
            case Scalar text -> {
                ValueRange range = of(text.text());
                yield range == null ? 1 : range.count();
            }
            case Sequence rows ->
                rows.items().stream().mapToLong(ValueRange::countOfOne).sum();
            case PlanValue.Mapping _ -> 1;
        };
    }

    private static long countOfOne(PlanValue item) {
        return item instanceof Scalar ? count(item) : 1;
    }

    /// The values of a list or a single item, ranges written out at their places.
    ///
    /// @param items of a [#count] that is within limits
    static List<PlanValue> expanded(List<PlanValue> items) {
        List<PlanValue> values = new ArrayList<>();
        for (PlanValue item : items) {
            if (!(item instanceof Scalar text) || !text.text().contains("..")) {
                values.add(item);
                continue;
            }
            ValueRange range = of(text.text());
            if (range == null) {
                item.report("a range is written as 0..60 step 10, not " + Diagnostics.quoted(text.text()));
                continue;
            }
            for (long i = 0; i < range.count(); i++) {
                BigDecimal value = range.first().add(range.step().multiply(BigDecimal.valueOf(i)));
                values.add(
                        new Scalar(item.position(), value.stripTrailingZeros().toPlainString(), true));
            }
        }
        return values;
    }
}
