package dev.pitot.cli.lab;

import dev.pitot.lab.parse.OutputUnit;
import dev.pitot.lab.parse.ParseOptions;
import dev.pitot.lab.parse.ParseOptions.Content;
import dev.pitot.lab.parse.ParseOptions.Form;
import dev.pitot.lab.parse.ParseOptions.Intervals;
import dev.pitot.lab.parse.ParseOptions.Threads;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Reads the options of `pitot lab parse`.
final class ParseArguments {
    private static final int MOST_THREADS = 1_000_000; // more than any iperf has

    private ParseArguments() {}

    /// @param files as they were given
    /// @throws IllegalArgumentException with a sentence, if they ask for nothing that can be done
    static LabRequest.Parse read(ParseResult found, List<String> files) {
        refuseBoth(found, LabOptions.LAST_BANDWIDTH, LabOptions.LAST_TRANSFER);
        refuseBoth(found, LabOptions.ADD, LabOptions.THREADS);
        String glob = found.matchedOptionValue(LabOptions.GLOB, null);
        if (glob != null && !files.isEmpty()) {
            throw new IllegalArgumentException(LabOptions.GLOB + " and files exclude each other: give one of them");
        }
        boolean isSaved = found.hasMatchedOption(LabOptions.SAVE);
        if (isSaved && glob == null && files.isEmpty()) {
            throw new IllegalArgumentException(
                    LabOptions.SAVE + " saves beside files: name one, or give " + LabOptions.GLOB);
        }
        return new LabRequest.Parse(files, glob, isSaved, found.hasMatchedOption(LabOptions.TEE), options(found));
    }

    private static ParseOptions options(ParseResult found) {
        Double tolerance = number(found, LabOptions.TOLERANCE);
        Double maximum = number(found, LabOptions.MAXIMUM);
        return new ParseOptions(
                unit(found),
                new Intervals(
                        number(found, LabOptions.INTERVAL),
                        tolerance == null ? ParseOptions.DEFAULT_TOLERANCE_SECONDS : tolerance),
                threads(found),
                maximum == null ? ParseOptions.DEFAULT_MAXIMUM : maximum,
                show(found),
                found.hasMatchedOption(LabOptions.JSON) ? Form.JSON_LINES : Form.CSV);
    }

    private static OutputUnit unit(ParseResult found) {
        String unit = found.matchedOptionValue(LabOptions.UNITS, OutputUnit.MBITS.toString());
        try {
            return OutputUnit.parse(unit);
        } catch (IllegalArgumentException _) { // its words are those of a library
            throw LabArguments.invalid(
                    LabOptions.UNITS, unit, "bits, Kbits, Mbits, Gbits, Bytes, KBytes, MBytes or GBytes");
        }
    }

    private static Content show(ParseResult found) {
        if (found.hasMatchedOption(LabOptions.LAST_BANDWIDTH)) {
            return Content.LAST_BANDWIDTH;
        }
        return found.hasMatchedOption(LabOptions.LAST_TRANSFER) ? Content.LAST_TRANSFER : Content.SERIES;
    }

    private static Threads threads(ParseResult found) {
        if (found.hasMatchedOption(LabOptions.ADD)) {
            return Threads.ADDED;
        }
        Integer threads = LabArguments.whole(found, LabOptions.THREADS, MOST_THREADS);
        if (threads == null) {
            return Threads.PROGRAM_OR_ADDED;
        }
        return threads > 1 ? Threads.PROGRAM : Threads.SINGLE;
    }

    private static @Nullable Double number(ParseResult found, String option) {
        String text = found.matchedOptionValue(option, null);
        if (text == null) {
            return null;
        }
        try {
            double number = Double.parseDouble(text);
            if (number > 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) { // reported below
        }
        throw LabArguments.invalid(option, text, "a number above 0");
    }

    private static void refuseBoth(ParseResult found, String one, String other) {
        if (found.hasMatchedOption(one) && found.hasMatchedOption(other)) {
            throw new IllegalArgumentException(one + " and " + other + " exclude each other: give one of them");
        }
    }
}
