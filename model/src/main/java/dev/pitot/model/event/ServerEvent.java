package dev.pitot.model.event;

/// Something that happened to a server as a whole.
public sealed interface ServerEvent {
    /// The server waits for clients: at its start, and each time when its last running test has
    /// ended.
    ///
    /// @param port where
    /// @param testNumber of the next test, from 1
    record Listening(int port, int testNumber) implements ServerEvent {}

    /// A connection was turned away or lost before it became a test, or the report of a test was
    /// lost.
    ///
    /// @param text why, for a person
    record ConnectionDropped(String text) implements ServerEvent {}
}
