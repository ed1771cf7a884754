package dev.pitot.lab.results;

import java.util.regex.Pattern;

/// Text of others made fit for one line of a log or a table: devices and hooks are free in what
/// they write, and neither a terminal must obey it nor a reader take it for a line of its own.
final class TextSanitizer {
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private static final int REPLACEMENT = 0xfffd;

    private TextSanitizer() {}

    /// The text with a `?` for each control character, end of line and change of direction.
    static String line(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    /// The text with U+FFFD for each character that XML 1.0 cannot carry (section 2.2, Char), and
    /// for ends of lines and tabs a space, as readers of attributes make of them.
    static String xml(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().map(TextSanitizer::xml).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static int xml(int character) {
        if (character == '\t' || character == '\n' || character == '\r') {
            return ' ';
        }
        boolean isAllowed = character >= ' '
                && !(character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
                && character != 0xfffe
                && character != 0xffff;
        return isAllowed ? character : REPLACEMENT;
    }
}
