package dev.pitot.lab.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Gathers what is wrong with one file, so that a person hears everything at once. One thread.
final class Diagnostics {
    /// More than anybody reads at once.
    private static final int MOST = 200;
    /// A longer value is cut short in a sentence.
    private static final int MOST_SHOWN = 60;
    /// The most changes between what was written and what is suggested.
    private static final int MOST_CHANGES = 2;

    private final String file;
    private final Set<Diagnostic> found = new LinkedHashSet<>();

    Diagnostics(String file) {
        this.file = file;
    }

    void add(int line, int column, String sentence) {
        if (found.size() < MOST) {
            found.add(new Diagnostic(file, line, column, sentence));
        }
    }

    /// The beginning of the file: for what concerns all of it.
    SourcePosition start() {
        return new SourcePosition(this, 1, 1);
    }

    /// A place as the reader of YAML has it.
    SourcePosition at(Optional<Mark> mark) {
        return mark.map(it -> new SourcePosition(this, it.getLine() + 1, it.getColumn() + 1))
                .orElse(start());
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    int size() {
        return found.size();
    }

    /// @throws PlanException if there is any
    void throwIfAny() throws PlanException {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    /// All of them, in the order of the file.
    PlanException exception() {
        return new PlanException(found.stream()
                .sorted(Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column))
                .toList());
    }

    /// Text in single quotes, without what would disturb a terminal, and cut short.
    static String quoted(String text) {
        String shown = text.codePoints()
                .limit(MOST_SHOWN)
                .map(point -> Character.isISOControl(point) || !Character.isDefined(point) ? '?' : point)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        return "'" + shown + (text.codePointCount(0, text.length()) > MOST_SHOWN ? "…" : "") + "'";
    }

    /// What was meant by a word that is none of the known ones; empty if nobody knows.
    static String suggestion(String written, Collection<String> known) {
        String small = written.toLowerCase(Locale.ROOT);
        if (small.length() > MOST_SHOWN) {
            return "";
        }
        int best = MOST_CHANGES + 1;
        List<String> nearest = new ArrayList<>();
        for (String word : known) {
            int changes = changes(small, word.toLowerCase(Locale.ROOT));
            if (changes < best) {
                nearest.clear();
                best = changes;
            }
            if (changes == best && best <= MOST_CHANGES && changes < word.length()) {
                nearest.add(quoted(word));
            }
        }
        if (!nearest.isEmpty()) {
            return ": did you mean " + String.join(" or ", nearest) + "?";
        }
        return known.isEmpty() || known.size() > 24 ? "" : ": known are " + String.join(", ", known);
    }

    /// How many letters must be put in, left out, changed or swapped to make one word of the
    /// other (optimal string alignment).
    static int changes(String one, String other) {
        int[][] table = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int least = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1);
                least = Math.min(least, table[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    least = Math.min(least, table[i - 2][j - 2] + 1);
                }
                table[i][j] = least;
            }
        }
        return table[one.length()][other.length()];
    }
}
