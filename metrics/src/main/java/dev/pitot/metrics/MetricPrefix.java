package dev.pitot.metrics;

import java.util.regex.Pattern;

/// Prefix of all metric names.
///
/// @param text ASCII letters, digits and underscores, not beginning with a digit
public record MetricPrefix(String text) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"); // before the constants it checks

    /// Prefix of iperf3-rs.
    public static final MetricPrefix IPERF3 = new MetricPrefix("iperf3");

    /// @throws IllegalArgumentException if it is not a valid name
    public MetricPrefix {
        if (!isName(text)) {
            throw new IllegalArgumentException("the metric prefix '" + text
                    + "' must consist of letters, digits and underscores, and not begin with a digit");
        }
    }

    /// True if a text is a valid name for a metric or a label. (Prometheus also allows colons in
    /// metric names, but reserves them for recording rules.)
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Returns the full name of a metric.
    public String name(String rest) {
        return text + "_" + rest;
    }
}
