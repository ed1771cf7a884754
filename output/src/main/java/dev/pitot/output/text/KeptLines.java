package dev.pitot.output.text;

import java.util.ArrayDeque;
import java.util.Deque;

/// The lines of one test for a client that asked for them, at most 1 MiB of characters. When
/// they are more, the oldest go first, so that the summary is always there, and a line at the
/// top says how many went. Owned by one reporter.
final class KeptLines {
    private static final int MAX_CHARS = 1024 * 1024;

    private final Deque<String> lines = new ArrayDeque<>();
    private int chars;
    private long dropped;

    void add(String line) {
        lines.addLast(line);
        chars += line.length() + 1;
        while (chars > MAX_CHARS) {
            chars -= lines.removeFirst().length() + 1;
            dropped++;
        }
    }

    /// All kept lines, each with a line feed behind it.
    String text() {
        var text = new StringBuilder(chars);
        if (dropped > 0) {
            text.append("(").append(dropped).append(" earlier lines left out)\n");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
