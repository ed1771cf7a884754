package dev.pitot.lab.tool;

import org.jspecify.annotations.Nullable;

/// Where a server waits.
///
/// @param address it is bound to, a literal; null for any
/// @param port 1..65535
public record ServerAddress(@Nullable String address, int port) {}
