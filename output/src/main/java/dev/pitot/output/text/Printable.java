package dev.pitot.output.text;

import dev.pitot.model.text.SurrogateEscape;
import java.util.regex.Pattern;

/// Text without control characters and without the marks that Unicode has for layout. Some of what
/// is printed comes from another machine (its output, its cookie, names of algorithms), and a
/// terminal must not obey it, nor turn its direction, nor hide a part of it.
public final class Printable {
    /// Cc are control characters. Cf are format characters: marks of direction, joiners, soft
    /// hyphens, tags. Zl and Zp are the separators of lines and paragraphs (Unicode Standard,
    /// table 4-4). U+DC80 to U+DC9F are single bytes ([SurrogateEscape]) that a terminal of 8 bits
    /// takes for control characters.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\x{dc80}-\\x{dc9f}&&[^\t]]");

    private Printable() {}

    /// A line in which a `?` stands for each control character but the tab, and for each format
    /// character and separator of lines.
    public static String line(String line) {
        return CONTROL.matcher(asWritten(line)).replaceAll("?");
    }

    /// Escaped bytes that make a character together are that character to a terminal.
    private static String asWritten(String line) {
        return SurrogateEscape.isIn(line) ? SurrogateEscape.decode(SurrogateEscape.encode(line)) : line;
    }
}
