package dev.pitot.lab.os;

/// How a process is ended.
public enum KillMode {
    /// It is asked to, and may write its last lines (`SIGTERM`).
    ASKED,
    /// It has no choice (`SIGKILL`).
    FORCED
}
