package dev.pitot.model.finding;

import dev.pitot.model.result.StreamRole;
import java.util.List;

/// Explanation of a test's result.
///
/// @param id stable name, for programs
/// @param role role of the local end in the direction that is explained
/// @param sentence cause, size and place in plain words
/// @param evidence values that the finding rests on; not empty
/// @param nextStep what to do next, with a command
public record Finding(
        String id, StreamRole role, String sentence, List<Item> evidence, Confidence confidence, String nextStep) {
    /// Copies the evidence.
    public Finding {
        evidence = List.copyOf(evidence);
    }

    /// One value that a finding rests on.
    ///
    /// @param field name of the value, with its unit
    /// @param value measured value
    /// @param threshold limit that the value was compared with
    public record Item(String field, double value, double threshold) {}

    /// Degrees of confidence.
    public enum Confidence {
        /// The values leave no other usual explanation.
        STRONG,
        /// The values fit, and others would too.
        HINT
    }
}
