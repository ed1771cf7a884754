package dev.pitot.socket;

/// Where socket families come from.
public final class SocketFamilies {
    private SocketFamilies() {}
}
