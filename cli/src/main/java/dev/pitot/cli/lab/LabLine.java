package dev.pitot.cli.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Reads the command line of `pitot lab`.
final class LabLine {
    private static final int MOST_AT_ONCE = 1000; // as many as a plan may ask for

    private LabLine() {}

    /// Reads what stands behind `lab`.
    ///
    /// @throws IllegalArgumentException with a sentence, if it asks for nothing that can be done
    static LabRequest read(List<String> args) {
        CommandLine reader = LabOptions.reader();
        ParseResult found;
        try {
            found = reader.parseArgs(args.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        ParseResult chosen = found.hasSubcommand() ? found.subcommand() : found;
        if (found.isUsageHelpRequested() || chosen.isUsageHelpRequested()) {
            return new LabRequest.Help(LabOptions.help(chosen));
        }
        return switch (chosen.commandSpec().name()) {
            case LabOptions.RUN -> run(chosen);
            case LabOptions.CHECK -> new LabRequest.Check(files(chosen), chosen.hasMatchedOption(LabOptions.NODES));
            case LabOptions.SAMPLE -> sample(first(chosen, "lab.yaml"));
            case LabOptions.PARSE -> ParseLine.read(chosen, files(chosen));
            case LabOptions.LIST ->
                new LabRequest.Sessions(first(chosen, "."), chosen.hasMatchedOption(LabOptions.JSON));
            default -> throw new IllegalArgumentException("run, check, sample, parse or list is needed");
        };
    }

    private static LabRequest run(ParseResult found) {
        return new LabRequest.Run(
                files(found),
                found.matchedOptionValue(LabOptions.OUTPUT, null),
                parallel(found),
                found.hasMatchedOption(LabOptions.PLAIN));
    }

    private static @Nullable Integer parallel(ParseResult found) {
        String text = found.matchedOptionValue(LabOptions.PARALLEL, null);
        if (text == null) {
            return null;
        }
        try {
            int parallel = Integer.parseInt(text);
            if (parallel >= 1 && parallel <= MOST_AT_ONCE) {
                return parallel;
            }
        } catch (NumberFormatException _) { // told below
        }
        throw new IllegalArgumentException(
                LabOptions.PARALLEL + " takes a whole number from 1 to " + MOST_AT_ONCE + ", not '" + text + "'");
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
