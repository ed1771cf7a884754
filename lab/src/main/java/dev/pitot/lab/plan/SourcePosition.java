package dev.pitot.lab.plan;

import java.util.Collection;

/// A place in a file, which knows where it is reported what is wrong there.
///
/// @param line 1 for the first
/// @param column 1 for the first
record SourcePosition(Diagnostics diagnostics, int line, int column) {
    /// @param sentence what is wrong and what to do; never holds a secret
    void report(String sentence) {
        diagnostics.add(line, column, sentence);
    }

    /// Reports a word that is none of the known ones.
    ///
    /// @param what such as `key`
    void reportUnknown(String what, String written, Collection<String> known) {
        report("unknown " + what + " " + Diagnostics.quoted(written) + Diagnostics.suggestion(written, known));
    }
}
