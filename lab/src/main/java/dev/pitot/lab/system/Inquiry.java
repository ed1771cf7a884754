package dev.pitot.lab.system;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something to be asked of a node: commands that may tell it, best first. Whoever asks runs one
/// after the other until a reader makes something of what the command wrote; how the command
/// exited does not matter, for `cat` fails where one of two files is missing, and still tells.
///
/// @param ways none if a node of this system cannot be asked
public record Inquiry<T>(List<Way<T>> ways) {
    public Inquiry {
        ways = List.copyOf(ways);
    }

    /// A question with one way to ask it.
    static <T> Inquiry<T> of(List<String> command, Reader<T> reader) {
        return new Inquiry<>(List.of(new Way<>(command, reader)));
    }

    /// A question that a system has no answer to.
    static <T> Inquiry<T> none() {
        return new Inquiry<>(List.of());
    }

    /// One command that may tell.
    ///
    /// @param command the program and its arguments, unquoted
    public record Way<T>(List<String> command, Reader<T> reader) {
        public Way {
            command = List.copyOf(command);
        }
    }

    /// Makes something of what a command wrote to its standard output, whatever that is: a node
    /// is not trusted, and nothing is looked up.
    @FunctionalInterface
    public interface Reader<T> {
        /// What the output tells; null if it does not.
        @Nullable T read(String output);
    }
}
