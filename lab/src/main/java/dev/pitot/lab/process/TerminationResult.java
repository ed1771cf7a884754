package dev.pitot.lab.process;

/// How a process on a node came to its end.
public enum TerminationResult {
    /// It was over before anything was done.
    BY_ITSELF,
    /// Asked to (SIGTERM), it did.
    TERMINATED,
    /// It had to be killed (SIGKILL).
    KILLED,
    /// It is still there, even killed: a person must look at the node.
    SURVIVED
}
