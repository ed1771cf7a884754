package dev.pitot.lab.parse;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Takes lines from a reader without keeping more of one than 32 Mi characters: what is longer is
/// cut. Used by one thread.
final class BoundedLines {
    private static final int MAX_LINE_CHARACTERS = 32 << 20;

    private final Reader in;
    private final char[] block = new char[8192];
    private int place;
    private int filled;

    BoundedLines(Reader in) {
        this.in = in;
    }

    /// The next line without its end; null if there are no more.
    @Nullable String next() throws IOException {
        var line = new StringBuilder();
        boolean isAny = false;
        while (place < filled || fill()) {
            isAny = true;
            int from = place;
            while (place < filled && block[place] != '\n') {
                place++;
            }
            line.append(block, from, Math.min(place - from, MAX_LINE_CHARACTERS - line.length()));
            if (place < filled) {
                place++;
                return withoutReturn(line);
            }
        }
        return isAny ? withoutReturn(line) : null;
    }

    private static String withoutReturn(StringBuilder line) {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    private boolean fill() throws IOException {
        filled = in.read(block, 0, block.length);
        place = 0;
        return filled > 0;
    }
}
