package dev.pitot.model.config;

/// Which version of IP may be used.
public enum AddressFamily {
    /// Either.
    ANY,
    /// IPv4 only (`-4`).
    V4,
    /// IPv6 only (`-6`).
    V6
}
