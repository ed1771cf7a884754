package dev.pitot.command;

import org.jspecify.annotations.Nullable;

/// The environment's variables, where some options have their defaults.
@FunctionalInterface
public interface Environment {
    /// There are none.
    Environment NONE = _ -> null;

    /// A variable's value, or null if it is not set.
    @Nullable String value(String name);
}
