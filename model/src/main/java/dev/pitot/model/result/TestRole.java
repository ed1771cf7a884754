package dev.pitot.model.result;

/// End of a test.
public enum TestRole {
    /// The end that connects and chooses the test.
    CLIENT,
    /// The end that listens.
    SERVER
}
