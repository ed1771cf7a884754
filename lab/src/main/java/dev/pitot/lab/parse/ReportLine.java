package dev.pitot.lab.parse;

import dev.pitot.lab.parse.Row.Amounts;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The columns that all rows of iperf 2 and iperf3 have, and what stands behind them.
///
/// @param label what stands in the brackets, without spaces: `3`, `*1`, `SUM`, `SUM-4`, `FD1`
/// @param role what stands in iperf3's second brackets, for example `TX-C`; empty if there are
/// none
/// @param start in seconds
/// @param end in seconds
/// @param isWide whether there is more than one space before `sec`, which only iperf3 writes
/// @param columns the rest
record ReportLine(String label, String role, double start, double end, boolean isWide, Columns columns) {
    /// The figures of a row and the text behind them.
    ///
    /// @param amounts transfer and rate; null where the row has none, as iperf 2's
    /// `3 datagrams received out-of-order`
    /// @param rest without spaces at its ends
    record Columns(@Nullable Amounts amounts, String rest) {}

    /// Longer lines than this are no rows: the longest, of iperf 2's enhanced reports, have some
    /// 200 characters, and a title before them may have some more.
    static final int MAX_LINE_CHARACTERS = 2000;

    private static final int MAX_BRACKETS = 16;
    private static final int MAX_LABEL_CHARACTERS = 12;

    /// The row in a line, which may have a time stamp or a title before it; null if there is
    /// none.
    static @Nullable ReportLine read(String line) {
        if (line.length() > MAX_LINE_CHARACTERS) {
            return null;
        }
        int bracket = line.indexOf('[');
        for (int i = 0; bracket >= 0 && i < MAX_BRACKETS; i++) {
            ReportLine row = readAt(line, bracket);
            if (row != null) {
                return row;
            }
            bracket = line.indexOf('[', bracket + 1);
        }
        return null;
    }

    private static @Nullable ReportLine readAt(String line, int bracket) {
        int close = line.indexOf(']', bracket);
        if (close < 0 || close - bracket > MAX_LABEL_CHARACTERS) {
            return null;
        }
        String label = line.substring(bracket + 1, close).strip();
        String role = "";
        int behind = close + 1;
        if (behind < line.length() && line.charAt(behind) == '[') {
            int second = line.indexOf(']', behind);
            if (second < 0 || second - behind > MAX_LABEL_CHARACTERS) {
                return null;
            }
            role = line.substring(behind + 1, second).strip();
            behind = second + 1;
        }
        return isLabel(label) ? columns(label, role, new TextCursor(line, behind)) : null;
    }

    private static boolean isLabel(String label) {
        if (label.startsWith("SUM")) {
            return true;
        }
        String digits =
                label.startsWith("*") ? label.substring(1) : label.startsWith("FD") ? label.substring(2) : label;
        return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static @Nullable ReportLine columns(String label, String role, TextCursor cursor) {
        cursor.skipSpaces();
        RoundedValue start = cursor.number();
        if (start == null || !cursor.take("-")) {
            return null;
        }
        cursor.skipSpaces(); // iperf 2.0: "0.0- 1.0"
        RoundedValue end = cursor.number();
        if (end == null) {
            return null;
        }
        int spaces = cursor.skipSpaces();
        if (!cursor.take("sec")) {
            return null;
        }
        cursor.skipSpaces();
        return new ReportLine(label, role, start.value(), end.value(), spaces > 1, figures(cursor));
    }

    private static Columns figures(TextCursor cursor) {
        String all = cursor.rest().strip();
        RoundedValue transfer = cursor.number();
        cursor.skipSpaces();
        OptionalDouble bytes = PrintedUnit.bytes(cursor.word());
        cursor.skipSpaces();
        RoundedValue rate = cursor.number();
        cursor.skipSpaces();
        OptionalDouble bits = PrintedUnit.bitsPerSecond(cursor.word());
        if (transfer == null || rate == null || bytes.isEmpty() || bits.isEmpty()) {
            return new Columns(null, all);
        }
        var amounts = new Amounts(times(transfer, bytes.getAsDouble()), times(rate, bits.getAsDouble()));
        return new Columns(amounts, cursor.rest().strip());
    }

    private static RoundedValue times(RoundedValue figure, double factor) {
        return new RoundedValue(figure.value() * factor, figure.error() * factor);
    }

    /// The stream's number; null for a sum.
    @Nullable Integer stream() {
        String digits =
                label.startsWith("*") ? label.substring(1) : label.startsWith("FD") ? label.substring(2) : label;
        return digits.startsWith("SUM") || digits.length() > 9 ? null : Integer.valueOf(digits);
    }
}
