package dev.pitot.cli;

import dev.pitot.command.PasswordSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Source of a password: iperf's environment variable, otherwise the user at the terminal.
///
/// @param environment a variable's value, or null
/// @param person prompts the user; null without a terminal
record Passwords(Function<String, @Nullable String> environment, Supplier<@Nullable String> person)
        implements PasswordSource {
    private static final String VARIABLE = "IPERF3_PASSWORD";

    @Override
    public @Nullable String password() {
        String given = environment.apply(VARIABLE);
        return given == null ? person.get() : given;
    }
}
