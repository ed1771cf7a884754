package dev.pitot.lab.os;

/// What a node runs.
public enum OperatingSystem {
    LINUX,
    ANDROID,
    MACOS,
    WINDOWS,
    IOS
}
