package dev.pitot.cli;

import dev.pitot.cli.exporter.ExporterCommand;
import dev.pitot.cli.lab.LabCommand;
import dev.pitot.cli.message.MessageCommand;
import dev.pitot.cli.probe.RpmCommand;
import dev.pitot.cli.probe.StampCommand;
import dev.pitot.cli.run.CompletionWords;
import dev.pitot.command.CommandLine;
import dev.pitot.command.CommandWords;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Pitot's own commands: their names and descriptions, from which shell completion and the manual pages are
/// made.
public final class OwnCommands {
    static final String EXPORTER = "exporter";
    static final String LAB = "lab";
    static final String MESSAGE = "message";
    static final String STAMP = "stamp";
    static final String RPM = "rpm";
    static final String HELP = "help";

    /// First words of all commands, in the order of the help.
    public static final List<String> NAMES =
            List.of(CommandLine.LOOPBACK, EXPORTER, MESSAGE, STAMP, RPM, LAB, CommandLine.COMPLETION, HELP);

    private OwnCommands() {}

    /// Descriptions of the commands that picocli parses, by name. The options of `loopback` are rows of the
    /// table of iperf3's options; the others have none.
    public static Map<String, CommandSpec> specs() {
        return Map.of(
                EXPORTER,
                ExporterCommand.spec(),
                MESSAGE,
                MessageCommand.spec(),
                STAMP,
                StampCommand.spec(),
                RPM,
                RpmCommand.spec(),
                LAB,
                LabCommand.spec());
    }

    /// Words that a shell may complete after each command, in the order of [#NAMES].
    public static List<CommandWords> words() {
        Map<String, CommandSpec> specs = specs();
        return NAMES.stream().map(name -> words(name, specs.get(name))).toList();
    }

    private static CommandWords words(String name, @Nullable CommandSpec spec) {
        if (spec != null) {
            return CompletionWords.of(name, spec);
        }
        List<String> choices = switch (name) {
            case CommandLine.COMPLETION -> List.of("bash", "zsh", "fish");
            case HELP -> NAMES;
            default -> List.of();
        };
        List<CommandWords> words = choices.stream()
                .map(choice -> new CommandWords(choice, List.of(), List.of(), false))
                .toList();
        return new CommandWords(name, List.of(), words, false);
    }
}
