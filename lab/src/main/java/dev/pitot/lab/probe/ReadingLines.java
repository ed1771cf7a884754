package dev.pitot.lab.probe;

import java.util.ArrayList;
import java.util.List;

/// The lines of one reading, as long as they are not too many: a node may write without end. Used
/// by one thread.
final class ReadingLines {
    private static final int MAX_LINES = 4096;
    private static final int MAX_CHARACTERS = 256 * 1024;

    private final List<String> lines = new ArrayList<>();
    private int characters;

    /// Adds a line and tells whether it still fits.
    boolean add(String line) {
        characters += line.length();
        if (lines.size() >= MAX_LINES || characters > MAX_CHARACTERS) {
            return false;
        }
        lines.add(line);
        return true;
    }

    /// What came since the last call.
    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        characters = 0;
        return taken;
    }

    /// The last line, or nothing.
    String last() {
        return lines.isEmpty() ? "" : lines.getLast();
    }
}
