package dev.pitot.lab.os;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Something to be asked of a node: commands that may report it, best first. The caller runs one
/// after the other until a reader makes something of what the command wrote; how the command
/// exited does not matter, for `cat` fails where one of two files is missing, and still reports.
///
/// @param commands none if a node of this system cannot be asked
public record Query<T>(List<QueryCommand<T>> commands) {
    public Query {
        commands = List.copyOf(commands);
    }

    /// A question with one way to ask it.
    static <T> Query<T> of(List<String> command, OutputParser<T> reader) {
        return new Query<>(List.of(new QueryCommand<>(command, reader)));
    }

    /// A question that a system has no answer to.
    static <T> Query<T> none() {
        return new Query<>(List.of());
    }

    /// All of it as one command, of whose output the first reader that makes something of it is right: for
    /// a question that is asked again and again. A POSIX shell runs all commands, elsewhere the first is
    /// run.
    ///
    /// @return null if a node of this system cannot be asked
    public @Nullable QueryCommand<T> asOneCommand(OperatingSystem system) {
        if (commands.size() < 2 || system == OperatingSystem.WINDOWS) {
            return commands.isEmpty() ? null : commands.getFirst();
        }
        String script = commands.stream()
                .map(each -> OsAdapter.of(system).commandLine(each.command()))
                .collect(Collectors.joining("\n"));
        return new QueryCommand<>(
                List.of("sh", "-c", script),
                output -> commands.stream()
                        .map(each -> each.reader().read(output))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /// One command that may report it.
    ///
    /// @param command the program and its arguments, unquoted
    public record QueryCommand<T>(List<String> command, OutputParser<T> reader) {
        public QueryCommand {
            command = List.copyOf(command);
        }
    }

    /// Makes something of what a command wrote to its standard output, whatever that is: a node
    /// is not trusted, and nothing is looked up.
    @FunctionalInterface
    public interface OutputParser<T> {
        /// The value in the output; null if there is none.
        @Nullable T read(String output);
    }
}
