package dev.pitot.model.config;

/// IP version to use.
public enum AddressFamily {
    ANY,
    V4,
    V6
}
