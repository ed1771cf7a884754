package dev.pitot.model.result;

/// Which end of a test.
public enum TestRole {
    /// The end that connects and chooses the test.
    CLIENT,
    /// The end that listens.
    SERVER
}
