package dev.pitot.dist.manual;

import dev.pitot.command.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Writes options as items of a manual page: their spellings, and their text below.
final class OptionItems {
    private OptionItems() {}

    /// Options of iperf3's kind.
    ///
    /// @throws IllegalArgumentException if one has no text
    static void write(List<Option> options, ManualPage page) {
        for (Option option : options) {
            String names = option.spellings().stream().map(Troff::bold).collect(Collectors.joining(", "));
            String text = checked(option.toString(), option.help());
            String more = option.manual().isEmpty() ? "" : ended(text) + " " + option.manual();
            page.item(names + Troff.label(option.label()), Troff.help(more.isEmpty() ? text : more));
        }
    }

    /// Arguments and options of a command that picocli parses.
    ///
    /// @throws IllegalArgumentException if one has no text
    static void write(CommandSpec command, ManualPage page) {
        for (PositionalParamSpec argument : command.positionalParameters()) {
            page.item(Troff.italic(argument.paramLabel()), text(argument.paramLabel(), argument));
        }
        for (OptionSpec option : command.options()) {
            String names = Stream.of(option.names()).map(Troff::bold).collect(Collectors.joining(", "));
            String value = option.arity().max() == 0 ? "" : " " + Troff.italic(option.paramLabel());
            page.item(names + value, text(option.longestName(), option));
        }
    }

    /// The command with its arguments, as in a synopsis.
    static String synopsis(String name, CommandSpec command) {
        List<String> words = new ArrayList<>(List.of(Troff.bold(name)));
        words.add("[" + Troff.italic("options") + "]");
        for (PositionalParamSpec argument : command.positionalParameters()) {
            String label =
                    Troff.italic(argument.paramLabel()) + (argument.arity().max() > 1 ? " ..." : "");
            words.add(argument.arity().min() == 0 ? "[" + label + "]" : label);
        }
        return String.join(" ", words);
    }

    private static String text(String name, ArgSpec argument) {
        return Troff.help(checked(name, String.join(" ", argument.description())));
    }

    private static String checked(String name, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " has no text for its manual page: give it a help");
        }
        return text;
    }

    private static String ended(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
