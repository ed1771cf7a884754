package dev.pitot.command;

import org.jspecify.annotations.Nullable;

/// Environment variables, the source of some options' defaults.
@FunctionalInterface
public interface Environment {
    /// An empty environment.
    Environment NONE = _ -> null;

    /// Returns a variable's value, or null if it is not set.
    @Nullable String value(String name);
}
