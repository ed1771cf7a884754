package dev.pitot.lab.probe;

import org.jspecify.annotations.Nullable;

/// A line of a script of ours. What a command wrote without ending its line stands before the
/// mark.
///
/// @param text the command's; empty if there is none
/// @param sentinel the word behind the mark, `end` or `beat`; null if there is no mark
public record MarkedLine(String text, @Nullable String sentinel) {
    public static MarkedLine of(String line, String mark) {
        int at = line.lastIndexOf(mark + " ");
        return at < 0
                ? new MarkedLine(line, null)
                : new MarkedLine(
                        line.substring(0, at),
                        line.substring(at + mark.length() + 1).strip());
    }
}
