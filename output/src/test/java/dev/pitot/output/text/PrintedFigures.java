package dev.pitot.output.text;

import dev.pitot.model.time.Span;
import dev.pitot.output.format.IperfTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Time, amount and rate of a printed data line, as exact values that round to it.
///
/// @param rest text after the rate
record PrintedFigures(String label, String role, Span span, long bytes, String rest) {
    private static final Pattern LINE = Pattern.compile("\\[ *(\\d+|SUM)](\\[[TR]X-[CS]])? +([\\d.]+)-([\\d.]+) +sec"
            + " +([\\d.]+) ([KMGT]?)Bytes +([\\d.]+) ([KMGT]?)(bit|Byte)s/sec(.*)");

    static boolean matches(String line) {
        return LINE.matcher(line).matches();
    }

    static PrintedFigures of(String line) {
        Matcher found = LINE.matcher(line);
        if (!found.matches()) {
            throw new IllegalArgumentException("not a data line: " + line);
        }
        Rounded start = Rounded.of(found.group(3), "", 1);
        Rounded end = Rounded.of(found.group(4), "", 1);
        Rounded bytes = Rounded.of(found.group(5), found.group(6), 1024);
        boolean inBits = found.group(9).equals("bit");
        Rounded rate = Rounded.of(found.group(7), found.group(8), inBits ? 1000 : 1024);
        double unit = inBits ? 8 : 1;
        Span span = span(start, end, bytes, new Rounded(rate.low() / unit, rate.high() / unit));
        // an interval's rate is computed from a float, a total's is not
        boolean isTotal = found.group(10).endsWith("er");
        double seconds = isTotal ? IperfTime.seconds(span.endNanos()) : IperfTime.duration(span);
        Rounded fitting = bytes.intersect(new Rounded(rate.low() / unit * seconds, rate.high() / unit * seconds));
        String role = found.group(2) == null ? "" : found.group(2);
        return new PrintedFigures(found.group(1), role, span, Math.round(fitting.middle()), found.group(10));
    }

    private static Span span(Rounded start, Rounded end, Rounded bytes, Rounded rate) {
        boolean fromStart = start.low() == 0; // totals always begin with the test
        double earliest = fromStart ? 0 : start.low();
        double latest = fromStart ? 0 : start.high();
        Rounded seconds = new Rounded(Math.max(1e-6, end.low() - latest), end.high() - earliest);
        if (rate.high() > 0 && bytes.high() > 1) {
            seconds = seconds.intersect(
                    new Rounded(bytes.low() / rate.high(), bytes.high() / Math.max(rate.low(), 1e-9)));
        }
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("no values round to this line");
        }
        double length = seconds.middle();
        double from = new Rounded(earliest, latest)
                .intersect(new Rounded(end.low() - length, end.high() - length))
                .middle();
        long startNanos = Math.round(Math.max(0, from) * 1e6) * 1000;
        return new Span(startNanos, startNanos + Math.round(length * 1e6) * 1000);
    }
}
