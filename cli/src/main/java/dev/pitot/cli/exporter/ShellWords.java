package dev.pitot.cli.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits a text into arguments as a shell would: at blanks, except between single or double quotes. A
/// backslash has no special meaning. Nothing is expanded.
final class ShellWords {
    private static final Pattern PIECE = Pattern.compile("(\\s+)|'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

    private ShellWords() {}

    /// Returns the arguments.
    ///
    /// @throws IllegalArgumentException if a quote is not closed
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        boolean isGap = true;
        int end = 0;
        Matcher piece = PIECE.matcher(text);
        for (; end < text.length() && piece.find(end) && piece.start() == end; end = piece.end()) {
            boolean wasGap = isGap;
            isGap = piece.start(1) >= 0;
            if (!isGap) { // adjacent pieces form one word
                words.add((wasGap ? "" : words.removeLast()) + content(piece));
            }
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("a quote (" + text.charAt(end) + ") is not closed");
        }
        return words;
    }

    private static String content(Matcher piece) {
        for (int group = 2; group <= piece.groupCount(); group++) {
            if (piece.start(group) >= 0) {
                return piece.group(group);
            }
        }
        return "";
    }
}
