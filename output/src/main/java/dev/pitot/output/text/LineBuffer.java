package dev.pitot.output.text;

import dev.pitot.output.ReportBudget;
import java.util.ArrayDeque;
import java.util.Deque;

/// Buffer of a test's lines for a client that requested them: at most 1 MiB of characters, and no
/// more than the shared budget allows. Beyond that the oldest are dropped, so that the summary is
/// always there, and a line at the top states the number of dropped lines. Owned by one reporter.
final class LineBuffer {
    private static final int MAX_CHARS = 1024 * 1024;
    private static final long OVERHEAD_BYTES = 48; // of a String and its array on a 64-bit JVM

    private final ReportBudget budget;
    private final Deque<String> lines = new ArrayDeque<>();
    private int chars;
    private long heldBytes;
    private long dropped;

    LineBuffer(ReportBudget budget) {
        this.budget = budget;
    }

    void add(String line) {
        int more = line.length() + 1;
        while (chars + more > MAX_CHARS || !budget.take(heldBytes, bytes(line))) {
            dropped++;
            if (lines.isEmpty()) {
                return;
            }
            removeOldest();
        }
        lines.addLast(line);
        chars += more;
        heldBytes += bytes(line);
    }

    /// Returns the memory to the budget: the test is over, and the reporter is about to be
    /// discarded.
    void release() {
        budget.giveBack(heldBytes);
        heldBytes = 0;
    }

    private void removeOldest() {
        String oldest = lines.removeFirst();
        chars -= oldest.length() + 1;
        heldBytes -= bytes(oldest);
        budget.giveBack(bytes(oldest));
    }

    private static long bytes(String line) {
        return OVERHEAD_BYTES + line.length();
    }

    /// Returns all kept lines, each ending with a line feed.
    String text() {
        var text = new StringBuilder(chars);
        if (dropped > 0) {
            text.append("(").append(dropped).append(" earlier lines left out)\n");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
