package dev.pitot.output.text;

import dev.pitot.model.text.SurrogateEscape;
import java.util.regex.Pattern;

/// Replaces control characters and Unicode format characters in text to print. Some of it comes
/// from the peer (server output, cookie, algorithm names); it must not control the terminal, change
/// the direction of text or hide parts of it.
public final class ControlCharacterFilter {
    /// Cc: control characters. Cf: format characters (direction marks, joiners, soft hyphens,
    /// tags). Zl and Zp: line and paragraph separators (Unicode Standard, table 4-4). U+DC80 to
    /// U+DC9F: single bytes ([SurrogateEscape]) that an 8-bit terminal interprets as control
    /// characters.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\x{dc80}-\\x{dc9f}&&[^\t]]");

    private ControlCharacterFilter() {}

    /// Returns the line with each control character except the tab, each format character and each
    /// line separator replaced by `?`.
    public static String line(String line) {
        return CONTROL.matcher(asWritten(line)).replaceAll("?");
    }

    /// Decodes escaped bytes that together form one character: a terminal treats them as that
    /// character.
    private static String asWritten(String line) {
        return SurrogateEscape.isIn(line) ? SurrogateEscape.decode(SurrogateEscape.encode(line)) : line;
    }
}
