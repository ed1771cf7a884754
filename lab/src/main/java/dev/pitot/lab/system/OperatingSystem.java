package dev.pitot.lab.system;

/// What a node runs.
public enum OperatingSystem {
    LINUX,
    ANDROID,
    MACOS,
    WINDOWS,
    IOS
}
