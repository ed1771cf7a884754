package dev.pitot.cli.lab;

import dev.pitot.cli.run.PicocliOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Reads the command line of `pitot lab`.
final class LabArguments {
    private static final String COMMAND_NEEDED = "run, check, sample, parse, list, summary or compare is needed";
    private static final String USUAL_BAND = "5%";
    private static final double MOST_PERCENT = 1000;
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
            case LabOptions.SUMMARY -> new LabRequest.Summary(folders(chosen, 1).getFirst());
            case LabOptions.COMPARE -> compare(chosen);
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
                found.hasMatchedOption(LabOptions.PLAIN),
                resumption(found),
                found.matchedOptionValue(LabOptions.ONLY, List.of()));
    }

    private static LabRequest.@Nullable Resumption resumption(ParseResult found) {
        boolean withFailed = found.hasMatchedOption(LabOptions.FAILED);
        String option = withFailed ? LabOptions.FAILED : LabOptions.RESUME;
        if (!found.hasMatchedOption(option)) {
            return null;
        }
        if (withFailed && found.hasMatchedOption(LabOptions.RESUME)) {
            throw new IllegalArgumentException("--resume and --failed exclude each other: give one of them");
        }
        if (!files(found).isEmpty() || found.hasMatchedOption(LabOptions.OUTPUT)) {
            throw new IllegalArgumentException(
                    option + " goes on with the plan and the results in its folder: leave out "
                            + (files(found).isEmpty() ? LabOptions.OUTPUT : "the plan"));
        }
        return new LabRequest.Resumption(found.matchedOptionValue(option, ""), withFailed);
    }

    private static List<String> folders(ParseResult found, int count) {
        List<String> folders = files(found);
        if (folders.size() != count) {
            throw new IllegalArgumentException(found.commandSpec().name() + " needs "
                    + (count == 1 ? "one folder" : "two folders") + " of results, not " + folders.size());
        }
        return folders;
    }

    private static LabRequest compare(ParseResult found) {
        String band = found.matchedOptionValue(LabOptions.BAND, USUAL_BAND);
        double percent;
        try {
            percent = Double.parseDouble(band.replaceFirst("%$", ""));
        } catch (NumberFormatException _) { // reported below
            percent = Double.NaN;
        }
        if (!(percent >= 0 && percent <= MOST_PERCENT)) {
            throw invalid(LabOptions.BAND, band, "a percentage such as 5%");
        }
        List<String> folders = folders(found, 2);
        return new LabRequest.Compare(
                folders.getFirst(), folders.getLast(), percent, found.hasMatchedOption(LabOptions.JSON));
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
        } catch (NumberFormatException _) { // reported below
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
