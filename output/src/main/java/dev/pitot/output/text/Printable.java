package dev.pitot.output.text;

import java.util.regex.Pattern;

/// Text without control characters. Some of what is printed comes from another machine (its output, its
/// cookie, names of algorithms), and a terminal must not obey it.
final class Printable {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\t]]");

    private Printable() {}

    /// A line in which a `?` stands for each control character but the tab.
    static String line(String line) {
        return CONTROL.matcher(line).replaceAll("?");
    }
}
