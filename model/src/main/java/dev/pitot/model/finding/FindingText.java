package dev.pitot.model.finding;

import java.util.Locale;

/// Numbers in sentences, with three digits at most.
final class FindingText {
    private static final double TEN = 10;
    private static final double HUNDRED = 100;
    private static final double KILO = 1000;
    private static final String[] BIT_UNITS = {"bit/s", "Kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"};
    private static final String[] BYTE_UNITS = {"bytes", "KB", "MB", "GB", "TB"};
    private static final String[] TIME_UNITS = {"µs", "ms", "s"};

    private FindingText() {}

    static String percent(double value) {
        return number(value) + " %";
    }

    static String rate(double bitsPerSecond) {
        return scaled(bitsPerSecond, BIT_UNITS);
    }

    /// Decimal units: 1 KB is 1000 bytes.
    static String bytes(double value) {
        return scaled(value, BYTE_UNITS);
    }

    static String bytes(long value) {
        return bytes((double) value);
    }

    static String micros(long value) {
        return micros((double) value);
    }

    static String micros(double value) {
        return scaled(value, TIME_UNITS);
    }

    /// Rate as an argument of `-b`.
    static String option(double bitsPerSecond) {
        double megabits = bitsPerSecond / KILO / KILO;
        return megabits >= TEN ? Math.round(megabits) + "M" : Math.max(1, Math.round(bitsPerSecond / KILO)) + "K";
    }

    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= HUNDRED || size == Math.rint(size) ? "%.0f" : size >= TEN ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String scaled(double value, String[] units) {
        double left = value;
        int unit = 0;
        while (Math.abs(left) >= KILO && unit < units.length - 1) {
            left /= KILO;
            unit++;
        }
        return number(left) + " " + units[unit];
    }
}
