package dev.pitot.lab.parse;

import dev.pitot.lab.parse.IntervalSeries.Point;
import dev.pitot.lab.parse.ParseOptions.Content;
import dev.pitot.lab.parse.ParseOptions.Form;
import dev.pitot.lab.parse.Row.Amounts;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes series as [ParseTool] says. Used by one thread.
final class SeriesWriter {
    /// More digits than any program prints, and none that only the binary form of a number has.
    private static final MathContext DIGITS = new MathContext(12);

    private final ParseOptions options;
    private final ArrivalTimes times;
    private final Appendable out;
    private int tests;
    private @Nullable Row lastTotal;

    SeriesWriter(ParseOptions options, ArrivalTimes times, Appendable out) {
        this.options = options;
        this.times = times;
        this.out = out;
    }

    /// The series of one test, one for each direction; nothing if there are none.
    void test(List<IntervalSeries> series) throws IOException {
        List<IntervalSeries> filled = series.stream()
                .filter(each -> !each.points().isEmpty() || !each.totals().isEmpty())
                .toList();
        if (filled.isEmpty()) {
            return;
        }
        tests++;
        for (IntervalSeries each : filled) {
            lastTotal = each.totals().isEmpty() ? lastTotal : each.totals().getFirst();
            if (options.show() == Content.SERIES) {
                if (options.form() == Form.CSV && (filled.size() > 1 || tests > 1)) {
                    out.append("# test " + tests + direction(each) + "\n");
                }
                for (Point point : each.points()) {
                    line(each, point);
                }
            }
        }
    }

    /// What comes last: the value of the last total, if that is what is wished.
    void end() throws IOException {
        if (lastTotal == null || options.show() == Content.SERIES) {
            return;
        }
        double value = value(lastTotal.amounts());
        if (options.form() == Form.CSV) {
            out.append(number(value) + "\n");
        } else {
            var object = new StringBuilder("{\"start\":" + number(lastTotal.startSeconds()));
            object.append(",\"end\":" + number(lastTotal.endSeconds()));
            amounts(object, lastTotal.amounts(), value);
            out.append(object.append("}\n"));
        }
    }

    private void line(IntervalSeries series, Point point) throws IOException {
        String time = times.of(point.startSeconds(), point.endSeconds());
        if (options.form() == Form.JSON_LINES) {
            out.append(json(series, point, time));
            return;
        }
        Amounts amounts = point.counts() ? point.amounts() : null;
        String key = time == null ? number(point.startSeconds()) : time;
        out.append(key + "," + (amounts == null ? "" : number(value(amounts))) + "\n");
    }

    private String json(IntervalSeries series, Point point, @Nullable String time) {
        var object = new StringBuilder("{\"test\":" + tests);
        Boolean sender = series.of().isSender();
        if (sender != null) {
            object.append(",\"sender\":" + sender);
        }
        if (time != null) {
            object.append(",\"time\":\"" + time + "\""); // digits and signs only
        }
        object.append(",\"start\":" + number(point.startSeconds()) + ",\"end\":" + number(point.endSeconds()));
        Amounts amounts = point.amounts();
        if (amounts == null) {
            return object.append(",\"gap\":true}\n").toString();
        }
        amounts(object, amounts, value(amounts));
        return object.append(point.isAbsurd() ? ",\"absurd\":true}\n" : "}\n").toString();
    }

    private void amounts(StringBuilder object, Amounts amounts, double value) {
        object.append(",\"value\":" + number(value) + ",\"unit\":\"" + options.unit() + "\"");
        object.append(",\"bytes\":" + number(amounts.bytes().value()));
        object.append(",\"bits_per_second\":" + number(amounts.bitsPerSecond().value()));
    }

    private double value(Amounts amounts) {
        return options.show() == Content.LAST_TRANSFER
                ? options.unit().transfer(amounts.bytes().value())
                : options.unit().rate(amounts.bitsPerSecond().value());
    }

    private static String direction(IntervalSeries series) {
        Boolean sender = series.of().isSender();
        return sender == null ? "" : sender ? ", sent" : ", received";
    }

    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 0x1p53;
        BigDecimal exact = isWhole ? new BigDecimal(value) : new BigDecimal(value).round(DIGITS);
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
