package dev.pitot.model.result;

/// Which end of a test.
public enum TestRole {
    CLIENT,
    SERVER
}
