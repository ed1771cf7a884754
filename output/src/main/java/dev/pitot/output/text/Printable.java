package dev.pitot.output.text;

import java.util.regex.Pattern;

/// Text without control characters and without the marks that Unicode has for layout. Some of what
/// is printed comes from another machine (its output, its cookie, names of algorithms), and a
/// terminal must not obey it, nor turn its direction, nor hide a part of it.
public final class Printable {
    /// Cc are control characters. Cf are format characters: marks of direction, joiners, soft
    /// hyphens, tags. Zl and Zp are the separators of lines and paragraphs (Unicode Standard,
    /// table 4-4).
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t]]");

    private Printable() {}

    /// A line in which a `?` stands for each control character but the tab, and for each format
    /// character and separator of lines.
    public static String line(String line) {
        return CONTROL.matcher(line).replaceAll("?");
    }
}
