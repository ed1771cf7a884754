package dev.pitot.lab.parse;

import dev.pitot.lab.parse.Row.Amounts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final String NUMBER = "(\\d{1,18}(?:\\.\\d{1,9})?)";
    private static final Pattern ROW = Pattern.compile(
            "\\[ *(SUM[^\\]]{0,8}|(?:\\*|FD)?\\d{1,10}) *](?:\\[ *([^\\]]{0,10}?) *])?[ \t]*" // labels
                    + NUMBER + "-[ \t]*" + NUMBER + "([ \t]*)sec[ \t]*(.*)$", // iperf 2.0: "0.0- 1.0"
            Pattern.DOTALL);
    private static final Pattern AMOUNTS = Pattern.compile(
            "^" + NUMBER + "[ \t]*([KMGTP]?)(Bytes?|bits?)[ \t]+" + NUMBER
                    + "[ \t]*([KMGTP]?)(Bytes?|bits?)/sec(?:[ \t](.*))?$",
            Pattern.DOTALL);
    private static final int BITS_PER_BYTE = 8;

    /// The row in a line, which may have a time stamp or a title before it; null if there is
    /// none.
    static @Nullable ReportLine read(String line) {
        Matcher row = ROW.matcher(line);
        if (line.length() > MAX_LINE_CHARACTERS || !row.find()) {
            return null;
        }
        return new ReportLine(
                row.group(1).strip(),
                row.group(2) == null ? "" : row.group(2),
                Double.parseDouble(row.group(3)),
                Double.parseDouble(row.group(4)),
                row.end(5) - row.start(5) > 1,
                columns(row.group(6).strip()));
    }

    private static Columns columns(String text) {
        Matcher found = AMOUNTS.matcher(text);
        if (!found.find()) {
            return new Columns(null, text);
        }
        var amounts = new Amounts(
                times(found.group(1), bits(found.group(2), found.group(3)) / BITS_PER_BYTE),
                times(found.group(4), bits(found.group(5), found.group(6))));
        return new Columns(amounts, found.group(7) == null ? "" : found.group(7).strip());
    }

    /// How many bits a unit is: bits go in steps of 1000, bytes in steps of 1024, in rates too, as units.c
    /// of iperf3 (unit_snprintf) and stdio.c of iperf 2 (byte_snprintf) divide.
    private static double bits(String prefix, String unit) {
        int power = prefix.isEmpty() ? 0 : "KMGTP".indexOf(prefix) + 1;
        return unit.startsWith("bit") ? Math.pow(1000, power) : BITS_PER_BYTE * Math.pow(1024, power);
    }

    /// A number and half a unit of its last place.
    private static RoundedValue times(String number, double factor) {
        int decimals = number.indexOf('.') < 0 ? 0 : number.length() - number.indexOf('.') - 1;
        return new RoundedValue(Double.parseDouble(number) * factor, 0.5 * Math.pow(10, -decimals) * factor);
    }

    /// The stream's number; null for a sum.
    @Nullable Integer stream() {
        String digits =
                label.startsWith("*") ? label.substring(1) : label.startsWith("FD") ? label.substring(2) : label;
        return digits.startsWith("SUM") || digits.length() > 9 ? null : Integer.valueOf(digits);
    }
}
