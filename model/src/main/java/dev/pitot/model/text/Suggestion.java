package dev.pitot.model.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The name that a misspelt one was probably meant to be.
public final class Suggestion {
    private static final int MAX_EDITS = 3;

    private Suggestion() {}

    /// The name with the fewest letters to insert, leave out, replace or swap; null if none is near: more than
    /// three letters away, or half of what was written.
    public static @Nullable String nearest(String written, List<String> names) {
        String nearest = null;
        int fewest = Math.min(MAX_EDITS, written.length() / 2) + 1;
        for (String name : names) {
            int edits = edits(written, name);
            if (edits < fewest) {
                fewest = edits;
                nearest = name;
            }
        }
        return nearest;
    }

    /// Levenshtein's distance, row by row; two neighbours that are swapped are one edit.
    private static int edits(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] last = row.clone();
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
                boolean isSwapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                row[j] = isSwapped ? Math.min(row[j], beforeLast[j - 2] + 1) : row[j];
            }
            beforeLast = last;
        }
        return row[to.length()];
    }
}
