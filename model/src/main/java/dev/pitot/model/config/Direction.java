package dev.pitot.model.config;

/// Which end sends. The client opens all connections in every direction.
public enum Direction {
    /// The client sends (iperf's default).
    FORWARD,
    /// The server sends (`-R`).
    REVERSE,
    /// Both send at once, on streams of their own (`--bidir`).
    BIDIRECTIONAL;

    /// How many times `parallel` streams there are.
    public int streamSets() {
        return this == BIDIRECTIONAL ? 2 : 1;
    }
}
