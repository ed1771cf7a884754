package dev.pitot.lab.connection;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A word that the node's shell writes when a command has ended, with its exit code: for ways to
/// a node that do not pass the code on, or not reliably. It is drawn at random for each command,
/// so that no output can be taken for it by chance. One command has it; any thread may use it.
final class ExitMarker {
    private static final String START = "PITOT-EXIT:";
    private static final int LONGEST_CODE = 10;

    private final Line.Origin origin;
    private final String word;
    private volatile @Nullable Integer code;

    private ExitMarker(Line.Origin origin, String word) {
        this.origin = origin;
        this.word = word;
    }

    /// A new one.
    ///
    /// @param origin to which output it is written
    static ExitMarker drawn(Line.Origin origin) {
        long number = ThreadLocalRandom.current().nextLong();
        return new ExitMarker(origin, START + Long.toHexString(number) + ":");
    }

    /// What the shell writes before the code.
    String word() {
        return word;
    }

    /// What is to be heard of a line: all but the marker, which may follow output without an end
    /// of line.
    ///
    /// @return null for nothing
    @Nullable Line withoutMarker(Line line) {
        int start = line.origin() == origin ? line.text().lastIndexOf(word) : -1;
        if (start < 0) {
            return line;
        }
        String digits = line.text().substring(start + word.length());
        if (digits.isEmpty()
                || digits.length() > LONGEST_CODE
                || digits.chars().anyMatch(digit -> digit < '0' || digit > '9')) {
            return line;
        }
        code = (int) Long.parseLong(digits);
        return start == 0
                ? null
                : new Line(line.arrival(), line.origin(), line.text().substring(0, start));
    }

    /// The exit code; null as long as the marker has not come.
    @Nullable Integer code() {
        return code;
    }
}
