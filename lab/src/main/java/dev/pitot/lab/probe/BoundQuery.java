package dev.pitot.lab.probe;

import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.Query;
import dev.pitot.lab.process.CommandTarget;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A question to a node of some system, and who reads its answer.
///
/// @param readers the first that makes something of the answer is right
public record BoundQuery<T>(Probe question, List<Query.OutputParser<T>> readers) {
    public BoundQuery {
        readers = List.copyOf(readers);
    }

    /// What the rules of a node's system say; null if such a node cannot be asked. A POSIX shell
    /// runs all ways in one script, elsewhere the first one is run.
    public static <T> @Nullable BoundQuery<T> of(CommandTarget target, Query<T> query) {
        List<Query.QueryCommand<T>> ways = query.commands();
        if (ways.isEmpty()) {
            return null;
        }
        if (!target.hasShell()) {
            return new BoundQuery<>(
                    new Probe.Command(ways.getFirst().command()),
                    List.of(ways.getFirst().reader()));
        }
        OsAdapter adapter = OsAdapter.of(target.system());
        String script =
                ways.stream().map(way -> adapter.commandLine(way.command())).collect(Collectors.joining("\n"));
        return new BoundQuery<>(
                new Probe.ShellScript(script, List.of()),
                ways.stream().map(Query.QueryCommand::reader).toList());
    }

    /// The command that asks.
    public static List<String> words(Probe probe) {
        return switch (probe) {
            case Probe.Command(List<String> words) -> words;
            case Probe.ShellScript(String text, List<String> arguments) ->
                Stream.concat(Stream.of("sh", "-c", text, "pitot-lab"), arguments.stream())
                        .toList();
        };
    }

    /// What a reading tells; null if it does not.
    @Nullable public T read(List<String> lines) {
        String text = String.join("\n", lines);
        for (Query.OutputParser<T> reader : readers) {
            T answer = reader.read(text);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }
}
