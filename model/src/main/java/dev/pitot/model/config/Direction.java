package dev.pitot.model.config;

/// Sending end of a test. The client opens all connections, whatever the direction.
public enum Direction {
    /// The client sends (iperf's default).
    FORWARD,
    /// The server sends (`-R`).
    REVERSE,
    /// Both send at once, on separate streams (`--bidir`).
    BIDIRECTIONAL;

    /// Number of sets of `parallel` streams: 2 if bidirectional, otherwise 1.
    public int streamSets() {
        return this == BIDIRECTIONAL ? 2 : 1;
    }
}
