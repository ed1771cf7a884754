package dev.pitot.lab.plan;

import java.util.List;

/// A plan, and what of its file is not in it.
///
/// @param notes sentences for people, each with its line: what was left out and what to do; empty
///     for YAML
public record ImportResult(Plan plan, List<String> notes) {
    public ImportResult {
        notes = List.copyOf(notes);
    }
}
