package dev.pitot.model.result;

/// End of a test.
public enum TestRole {
    CLIENT,
    SERVER
}
