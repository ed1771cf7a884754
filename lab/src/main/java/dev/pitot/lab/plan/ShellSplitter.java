package dev.pitot.lab.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits a line into words as a POSIX shell does, without expanding anything.
final class ShellSplitter {
    private ShellSplitter() {}

    /// The words; null if a quotation mark is not closed.
    static @Nullable List<String> split(String line) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        boolean isWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == '\'' ? c != '\'' : c == '\\' && i + 1 < line.length()) {
                word.append(quote == '\'' ? c : line.charAt(++i));
                isWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                isWord = true;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                isWord = true;
            } else if (isWord) {
                words.add(word.toString());
                word.setLength(0);
                isWord = false;
            }
        }
        if (isWord) {
            words.add(word.toString());
        }
        return quote == 0 ? words : null;
    }
}
