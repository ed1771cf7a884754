package dev.pitot.cli.lab;

import dev.pitot.cli.run.PicocliOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Reads the command line of `pitot lab`.
final class LabArguments {
    private static final String COMMAND_NEEDED = "run, check, sample, parse or list is needed";
    private static final int MOST_AT_ONCE = 1000; // as many as a plan may ask for

    private LabArguments() {}

    /// Reads what stands behind `lab`.
    ///
    /// @throws IllegalArgumentException with a sentence, if it asks for nothing that can be done
    static LabRequest read(List<String> args) {
        ParseResult found = PicocliOptions.read(LabOptions.spec(), args, COMMAND_NEEDED, COMMAND_NEEDED);
        ParseResult chosen = PicocliOptions.chosen(found);
        String help = PicocliOptions.help(found);
        if (help != null) {
            return new LabRequest.Help(help);
        }
        return switch (chosen.commandSpec().name()) {
            case LabOptions.RUN -> run(chosen);
            case LabOptions.CHECK -> new LabRequest.Check(files(chosen), chosen.hasMatchedOption(LabOptions.NODES));
            case LabOptions.SAMPLE -> sample(first(chosen, "lab.yaml"));
            case LabOptions.PARSE -> ParseArguments.read(chosen, files(chosen));
            case LabOptions.LIST ->
                new LabRequest.Sessions(first(chosen, "."), chosen.hasMatchedOption(LabOptions.JSON));
            default -> throw new IllegalArgumentException(COMMAND_NEEDED);
        };
    }

    /// What to type behind the program's name for help on such a line.
    static String help(List<String> args) {
        boolean isOne = !args.isEmpty() && LabOptions.COMMANDS.contains(args.getFirst());
        return "lab " + (isOne ? args.getFirst() + " " : "") + "--help";
    }

    private static LabRequest run(ParseResult found) {
        return new LabRequest.Run(
                files(found),
                found.matchedOptionValue(LabOptions.OUTPUT, null),
                parallel(found),
                found.hasMatchedOption(LabOptions.PLAIN));
    }

    private static @Nullable Integer parallel(ParseResult found) {
        return whole(found, LabOptions.PARALLEL, MOST_AT_ONCE);
    }

    /// A whole number above 0; null if it is not given.
    static @Nullable Integer whole(ParseResult found, String option, int most) {
        String text = found.matchedOptionValue(option, null);
        if (text == null) {
            return null;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) { // told below
        }
        throw invalid(option, text, "a whole number of 1 to " + most);
    }

    static IllegalArgumentException invalid(String option, String value, String needed) {
        return new IllegalArgumentException(
                "invalid value '" + value + "' for " + option + ": " + needed + " is needed");
    }

    private static LabRequest sample(String file) {
        return new LabRequest.Sample(file.equals("-") ? null : file);
    }

    private static List<String> files(ParseResult found) {
        return List.of(found.matchedPositionalValue(0, new String[0]));
    }

    private static String first(ParseResult found, String usual) {
        return found.matchedPositionalValue(0, usual);
    }
}
