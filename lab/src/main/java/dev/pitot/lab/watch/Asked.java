package dev.pitot.lab.watch;

import dev.pitot.lab.system.Inquiry;
import dev.pitot.lab.system.SystemRules;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A question to a node of some system, and who reads its answer.
///
/// @param readers the first that makes something of the answer is right
record Asked<T>(Question question, List<Inquiry.Reader<T>> readers) {
    Asked {
        readers = List.copyOf(readers);
    }

    /// What the rules of a node's system say; null if such a node cannot be asked. A POSIX shell
    /// runs all ways in one script, elsewhere the first one is run.
    static <T> @Nullable Asked<T> of(Station station, Inquiry<T> inquiry) {
        List<Inquiry.Way<T>> ways = inquiry.ways();
        if (ways.isEmpty()) {
            return null;
        }
        if (!station.hasShell()) {
            return new Asked<>(
                    new Question.Words(ways.getFirst().command()),
                    List.of(ways.getFirst().reader()));
        }
        SystemRules rules = SystemRules.of(station.system());
        String script =
                ways.stream().map(way -> rules.commandLine(way.command())).collect(Collectors.joining("\n"));
        return new Asked<>(
                new Question.Shell(script, List.of()),
                ways.stream().map(Inquiry.Way::reader).toList());
    }

    /// The command that asks.
    static List<String> words(Question question) {
        return switch (question) {
            case Question.Words(List<String> words) -> words;
            case Question.Shell(String text, List<String> arguments) ->
                Stream.concat(Stream.of("sh", "-c", text, "pitot-lab"), arguments.stream())
                        .toList();
        };
    }

    /// What a reading tells; null if it does not.
    @Nullable T read(List<String> lines) {
        String text = String.join("\n", lines);
        for (Inquiry.Reader<T> reader : readers) {
            T answer = reader.read(text);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }
}
