package dev.pitot.metrics;

import java.util.regex.Pattern;

/// What the names of all metrics begin with.
///
/// @param text letters, digits and underscores of ASCII, not a digit first
public record MetricPrefix(String text) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"); // before the names that it checks

    /// What iperf3-rs uses.
    public static final MetricPrefix IPERF3 = new MetricPrefix("iperf3");

    /// @throws IllegalArgumentException with a sentence, if it is no name
    public MetricPrefix {
        if (!isName(text)) {
            throw new IllegalArgumentException("the metric prefix '" + text
                    + "' must consist of letters, digits and underscores, and not begin with a digit");
        }
    }

    /// Whether a text can name a metric or a label. (Prometheus allows colons in metrics too, but
    /// keeps them for its rules.)
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// The name of one metric.
    public String name(String rest) {
        return text + "_" + rest;
    }
}
