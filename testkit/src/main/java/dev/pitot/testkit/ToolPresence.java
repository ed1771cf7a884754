package dev.pitot.testkit;

import java.util.List;

/// Whether this machine has a [Tool].
sealed interface ToolPresence {
    /// It has.
    record Found() implements ToolPresence {}

    /// It could have it and does not.
    ///
    /// @param reason what is missing
    record Missing(String reason) implements ToolPresence {}

    /// It cannot have it, whatever is installed.
    ///
    /// @param reason what the system refuses
    record Impossible(String reason) implements ToolPresence {}

    /// Missing, unless there are none.
    ///
    /// @param programs that are not on `PATH`
    static ToolPresence without(List<String> programs) {
        return programs.isEmpty()
                ? new Found()
                : new Missing(
                        "no " + String.join(", no ", programs) + " on PATH (./verify installs them where it may)");
    }
}
