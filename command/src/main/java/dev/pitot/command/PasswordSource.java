package dev.pitot.command;

import org.jspecify.annotations.Nullable;

/// Source of a client's password if no file holds it. The password never comes from the command line,
/// which every user of the machine can read.
@FunctionalInterface
public interface PasswordSource {
    /// Returns the password, or null if there is none and no terminal to prompt at. Called at most once
    /// per command line.
    @Nullable String password();
}
