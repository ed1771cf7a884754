package dev.pitot.lab.plan;

/// One thing that is wrong with a plan.
///
/// @param file its name as it was given
/// @param line 1 for the first
/// @param column 1 for the first
/// @param sentence what is wrong and what to do; never holds a secret
public record Diagnostic(String file, int line, int column, String sentence) {
    /// As compilers write it, so that editors jump to it.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + sentence;
    }
}
