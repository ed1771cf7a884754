package dev.pitot.lab.os;

/// What a node runs.
public enum OperatingSystem {
    LINUX,
    ANDROID,
    MACOS,
    WINDOWS,
    IOS;

    /// What this machine runs.
    public static OperatingSystem ofThisMachine() {
        return named(System.getProperty("os.name", ""));
    }

    /// The system that the JVM calls so; Linux for all that is like it.
    static OperatingSystem named(String name) {
        if (name.startsWith("Windows")) {
            return WINDOWS;
        }
        return name.startsWith("Mac") ? MACOS : LINUX;
    }
}
