package dev.pitot.model.config;

/// Which version of IP may be used.
public enum AddressFamily {
    ANY,
    V4,
    V6
}
