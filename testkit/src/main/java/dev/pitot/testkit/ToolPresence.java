package dev.pitot.testkit;

import java.util.List;

/// Presence of a [Tool] on this machine.
sealed interface ToolPresence {
    /// The tool is present.
    record Found() implements ToolPresence {}

    /// The tool is not installed.
    ///
    /// @param reason missing programs
    record Missing(String reason) implements ToolPresence {}

    /// The tool cannot be used on this machine, whatever is installed.
    ///
    /// @param reason reason given by the system
    record Impossible(String reason) implements ToolPresence {}

    /// Missing, unless there are none.
    ///
    /// @param programs that are not on `PATH`
    static ToolPresence without(List<String> programs) {
        return programs.isEmpty()
                ? new Found()
                : new Missing("no " + String.join(", no ", programs)
                        + " on PATH (./verify installs them if it is permitted to)");
    }
}
