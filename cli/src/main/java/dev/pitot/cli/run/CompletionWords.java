package dev.pitot.cli.run;

import dev.pitot.command.CommandWords;
import dev.pitot.command.CommandWords.Flag;
import dev.pitot.command.CommandWords.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Completion words of a command that picocli parses, derived from the same description.
public final class CompletionWords {
    /// Labels of values and arguments that are files in the help.
    private static final Set<String> FILES = Set.of("FILE", "FOLDER", "PLAN");

    private CompletionWords() {}

    /// Returns the words of a command and of its subcommands.
    ///
    /// @param name of the command
    public static CommandWords of(String name, CommandSpec spec) {
        return new CommandWords(
                name,
                spec.options().stream().map(CompletionWords::flag).toList(),
                spec.subcommands().entrySet().stream()
                        .map(sub -> of(sub.getKey(), sub.getValue().getCommandSpec()))
                        .toList(),
                spec.positionalParameters().stream().anyMatch(CompletionWords::isFile));
    }

    private static Flag flag(OptionSpec option) {
        Value value = option.arity().max() == 0 ? Value.NONE : isFile(option) ? Value.FILE : Value.TEXT;
        Iterable<String> candidates = option.completionCandidates();
        List<String> choices = new ArrayList<>();
        if (candidates != null) {
            candidates.forEach(choices::add);
        }
        return new Flag(List.of(option.names()), String.join(" ", option.description()), value, choices);
    }

    private static boolean isFile(ArgSpec argument) {
        return FILES.contains(argument.paramLabel());
    }
}
