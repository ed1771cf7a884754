package dev.pitot.cli.message;

import java.util.ArrayList;
import java.util.List;

/// Errors of a server on their way to the terminal: few lines in a period, and the number of the others, so
/// that a hostile client floods neither a terminal nor a log, and a terminal that stands still keeps no
/// server waiting. Safe for any thread.
final class ErrorLines {
    /// Lines in a period at most, beside the one with the number of the others.
    static final int MAX_LINES = 10;

    /// Calls of [#take] in a period.
    static final int TURNS = 10;

    private final List<String> waiting = new ArrayList<>();
    private int admitted;
    private long others;
    private int turns;

    /// Takes a sentence, or counts it.
    synchronized void add(String sentence) {
        if (admitted < MAX_LINES) {
            admitted++;
            waiting.add(sentence);
        } else {
            others++;
        }
    }

    /// Returns the lines to print now; to be called each second.
    synchronized List<String> take() {
        turns++;
        return turns < TURNS ? drain() : takeLast();
    }

    /// Returns the lines to print now, and ends the period.
    synchronized List<String> takeLast() {
        List<String> lines = drain();
        if (others > 0) {
            lines.add(others + (others == 1 ? " more error like these" : " more errors like these"));
        }
        turns = 0;
        admitted = 0;
        others = 0;
        return lines;
    }

    private List<String> drain() {
        List<String> lines = new ArrayList<>(waiting);
        waiting.clear();
        return lines;
    }
}
