package dev.pitot.command;

import org.jspecify.annotations.Nullable;

/// Where a client's password comes from if no file holds it. It never comes from the command
/// line, which everybody on the machine can read.
@FunctionalInterface
public interface PasswordSource {
    /// The password as it was given, or null if nobody could be asked. Asked at most once per
    /// command line.
    @Nullable String password();
}
