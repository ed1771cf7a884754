package dev.pitot.lab.tool;

import org.jspecify.annotations.Nullable;

/// Whom a client connects to, and from where.
///
/// @param address of the server's test interface, a literal
/// @param port of the server, 1..65535
/// @param ownAddress of the client's test interface, a literal that it is bound to; null for any
public record ClientTarget(
        String address, int port, @Nullable String ownAddress) {}
