package dev.pitot.model.config;

/// IP version to use.
public enum AddressFamily {
    /// Either.
    ANY,
    /// IPv4 only (`-4`).
    V4,
    /// IPv6 only (`-6`).
    V6
}
