package dev.pitot.lab.connection;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A command on a node that is run by a program here, such as `ssh`: its end is what the end of
/// that program means. Any thread may use it.
///
/// @param carrier the program here
/// @param meaning of the program's end for the command
record TranslatedCommand(RunningCommand carrier, UnaryOperator<CommandEnd> meaning) implements RunningCommand {
    @Override
    public @Nullable CommandEnd await(Duration patience) throws InterruptedException {
        CommandEnd end = carrier.await(patience);
        return end == null ? null : meaning.apply(end);
    }

    @Override
    public void close() {
        carrier.close();
    }
}
