package dev.pitot.testkit;

/// One of the two namespaces of a [NamespacePair].
public enum NamespaceSide {
    CLIENT,
    SERVER
}
