package dev.pitot.lab.remote;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines that a program has written to one output. Any thread may use it.
final class OutputTail {
    private static final int MOST_LINES = 20;
    private static final int LONGEST = 500;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) : line);
    }

    /// From the first of them to the last.
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
