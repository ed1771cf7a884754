package dev.pitot.cli.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Options of Pitot's own commands. They are described to picocli by calls, since its annotations would
/// need reflection, and parse errors are one sentence each. Help and shell completion
/// ([CompletionWords]) use the same description.
public final class PicocliOptions {
    private PicocliOptions() {}

    /// A command with `--help` and no other option yet.
    public static CommandSpec command(String name, String description) {
        CommandSpec command = CommandSpec.create().name(name);
        command.usageMessage().sortOptions(false).description(description);
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this help")
                .build());
        return command;
    }

    /// An option with a value.
    public static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    /// An option with one of a few values, offered for completion.
    public static OptionSpec choice(String name, String label, List<String> choices, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .completionCandidates(choices)
                .description(description)
                .build();
    }

    /// An option with a value that may be given several times.
    public static OptionSpec list(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /// An option without a value.
    public static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).description(description).build();
    }

    /// Parses arguments. Words like `@file` are not expanded.
    ///
    /// @param unknownCommand what is needed instead of an unknown command
    /// @param missingArgument message for a missing positional argument
    /// @throws IllegalArgumentException with a message for users, if they do not fit the description
    public static ParseResult read(
            CommandSpec command, List<String> args, String unknownCommand, String missingArgument) {
        try {
            return new CommandLine(command).setExpandAtFiles(false).parseArgs(args.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(sentence(e, unknownCommand, missingArgument), e);
        }
    }

    private static String sentence(ParameterException e, String unknownCommand, String missingArgument) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> {
                String first = unmatched.getUnmatched().getFirst();
                boolean isCommand = !unmatched.getCommandLine().getSubcommands().isEmpty();
                yield unmatched.isUnknownOption()
                        ? "unknown option '" + first + "'"
                        : isCommand
                                ? "unknown command '" + first + "': " + unknownCommand
                                : "one argument too many: '" + first + "'";
            }
            case MissingParameterException missing
            when missing.getMissing().getFirst() instanceof OptionSpec option ->
                option.longestName() + " needs a value";
            case MissingParameterException _ -> missingArgument;
            case OverwrittenOptionException twice
            when twice.getOverwritten() instanceof OptionSpec option ->
                option.longestName() + " is given twice: give it once";
            default -> String.valueOf(e.getMessage()); // picocli's other errors
        };
    }

    /// Returns the innermost command that was given.
    public static ParseResult chosen(ParseResult found) {
        return found.hasSubcommand() ? found.subcommand() : found;
    }

    /// Returns the help that was requested, of the command that it was requested for; null if none was.
    public static @Nullable String help(ParseResult found) {
        ParseResult chosen = chosen(found);
        return found.isUsageHelpRequested() || chosen.isUsageHelpRequested()
                ? chosen.commandSpec().commandLine().getUsageMessage(Ansi.OFF)
                : null;
    }
}
