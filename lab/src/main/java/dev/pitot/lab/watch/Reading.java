package dev.pitot.lab.watch;

import java.time.Instant;
import java.util.Map;

/// One reading of a watch.
///
/// @param at when it was heard, by the wall clock of this machine
/// @param figures by the names of the file's columns; what was not told is absent
public record Reading(Instant at, Map<String, Double> figures) {
    public Reading {
        figures = Map.copyOf(figures);
    }
}
