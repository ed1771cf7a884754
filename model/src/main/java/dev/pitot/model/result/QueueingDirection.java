package dev.pitot.model.result;

/// The directions in which packets waited.
public enum QueueingDirection {
    /// Neither: no change above what is told apart.
    NONE,
    /// From this end to the other.
    FORWARD,
    /// From the other end to this one.
    REVERSE,
    /// Both directions.
    BOTH,
    /// Too few samples to say.
    UNKNOWN
}
