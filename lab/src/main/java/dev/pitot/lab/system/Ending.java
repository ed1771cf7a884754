package dev.pitot.lab.system;

/// How a process is ended.
public enum Ending {
    /// It is asked to, and may write its last lines (`SIGTERM`).
    ASKED,
    /// It has no choice (`SIGKILL`).
    FORCED
}
