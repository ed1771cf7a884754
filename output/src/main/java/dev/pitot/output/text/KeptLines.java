package dev.pitot.output.text;

import dev.pitot.output.ReportBudget;
import java.util.ArrayDeque;
import java.util.Deque;

/// The lines of one test for a client that asked for them, at most 1 MiB of characters, and no
/// more than there is room for beside other tests. When they are more, the oldest go first, so
/// that the summary is always there, and a line at the top says how many went. Owned by one
/// reporter.
final class KeptLines {
    private static final int MAX_CHARS = 1024 * 1024;
    private static final long OVERHEAD_BYTES = 48; // of an object of text and its array on a JVM of 64 bits

    private final ReportBudget budget;
    private final Deque<String> lines = new ArrayDeque<>();
    private int chars;
    private long heldBytes;
    private long dropped;

    KeptLines(ReportBudget budget) {
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

    /// Gives back what they take: the test is over, and its reporter soon gone with them.
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
