package dev.pitot.output.text;

import java.util.regex.Pattern;

/// Text without control characters. Some of what is printed comes from another machine (its
/// output, its cookie, names of algorithms), and a terminal must not obey it, nor turn its
/// direction.
public final class Printable {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069&&[^\t]]");

    private Printable() {}

    /// A line in which a `?` stands for each control character but the tab, and each change of
    /// direction.
    public static String line(String line) {
        return CONTROL.matcher(line).replaceAll("?");
    }
}
