package dev.pitot.testkit;

/// Side of a [NamespacePair].
public enum NamespaceSide {
    CLIENT,
    SERVER
}
