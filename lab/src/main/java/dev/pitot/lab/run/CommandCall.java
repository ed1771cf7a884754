package dev.pitot.lab.run;

import dev.pitot.lab.parse.AnyOutput;
import dev.pitot.lab.parse.OutputReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is run on a node.
///
/// @param words the program and its arguments
/// @param reader makes what reads its output
/// @param deadline after which it is ended; null for none
/// @param isDetached whether its output stays on the node until it is over (apetools' daemon
/// mode)
public record CommandCall(
        List<String> words,
        Supplier<OutputReader> reader,
        @Nullable Duration deadline,
        boolean isDetached) {
    public CommandCall {
        words = List.copyOf(words);
    }

    /// Any of the programs, whatever it writes.
    ///
    /// @param deadline after which it is ended; null for none, as servers have it
    public static CommandCall of(List<String> words, @Nullable Duration deadline) {
        return new CommandCall(words, AnyOutput::new, deadline, false);
    }
}
