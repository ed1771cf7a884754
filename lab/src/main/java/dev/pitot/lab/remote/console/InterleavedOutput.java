package dev.pitot.lab.remote.console;

import java.util.List;

/// Finds what got into a piece of a file on its way through a console.
final class InterleavedOutput {
    private InterleavedOutput() {}

    /// Lines that are in `disturbed` and not in `clean`, if they are in one place.
    static List<String> between(String disturbed, String clean) {
        int surplus = disturbed.length() - clean.length();
        int start = 0;
        while (start < clean.length() && start < disturbed.length() && disturbed.charAt(start) == clean.charAt(start)) {
            start++;
        }
        boolean isOnePlace = surplus > 0 && disturbed.substring(start + surplus).equals(clean.substring(start));
        return isOnePlace
                ? disturbed
                        .substring(start, start + surplus)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList()
                : List.of();
    }
}
