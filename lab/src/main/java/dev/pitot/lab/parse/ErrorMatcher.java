package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.ProgramError;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds what a program, or the shell that should start it, complains of (apetools' list and
/// more). Warnings are none, and neither is that a server was told to end.
final class ErrorMatcher {
    /// `iperf3: error - …`, `iperf: …`: how the programs name themselves.
    private static final Pattern OWN_ERROR = Pattern.compile("\\b(?:iperf3?|pitot)[^:\\s]*: (?:error|interrupt) - ");

    /// perror's form, in which iperf 2 tells of failed calls: `connect failed: …`.
    private static final Pattern FAILED_CALL =
            Pattern.compile("^(?:error: )?(?:tcp |udp |listener )?[a-z]{4,12}[a-z0-9]? failed(?::|$)");

    private static final Pattern NO_PROGRAM = Pattern.compile("(?:iperf|pitot).*(?:not found|No such file or directory"
            + "|Permission denied|cannot execute|is not recognized|not executable)");
    private static final Pattern BAD_OPTION = Pattern.compile("^\\S*(?:iperf|pitot)\\S*: .*"
            + "(?:unrecognized option|unknown option|invalid option|requires an argument|ambiguous)");
    private static final Pattern UNKNOWN_HOST =
            Pattern.compile("^(?:error: )?\\S+: (?:Unknown host|Name or service not known)$"
                    + "|^error: (?:Name or service|Temporary failure in name)");
    private static final int MAX_LINE_CHARACTERS = 1000;

    private static final List<Rule> MEANINGS = List.of(
            new Rule("No route to host", ErrorKind.NO_ROUTE),
            new Rule("Network is unreachable", ErrorKind.NO_ROUTE),
            new Rule("Connection refused", ErrorKind.REFUSED),
            new Rule("Address already in use", ErrorKind.ADDRESS_IN_USE),
            new Rule("server is busy", ErrorKind.BUSY),
            new Rule("connect failed", ErrorKind.CONNECT_FAILED),
            new Rule("unable to connect", ErrorKind.CONNECT_FAILED),
            new Rule("unrecognized option", ErrorKind.NOT_RUNNABLE),
            new Rule("unknown option", ErrorKind.NOT_RUNNABLE));

    private record Rule(String fragment, ErrorKind kind) {}

    private ErrorMatcher() {}

    /// The complaint that a line is; null if it is none.
    static @Nullable ProgramError of(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.length() > MAX_LINE_CHARACTERS || text.contains("WARN")) {
            return null;
        }
        if (OWN_ERROR.matcher(text).find()) {
            return isOrdinaryEnd(text) ? null : new ProgramError(meaning(text), text);
        }
        if (NO_PROGRAM.matcher(text).find() || BAD_OPTION.matcher(text).find()) {
            return new ProgramError(ErrorKind.NOT_RUNNABLE, text);
        }
        if (UNKNOWN_HOST.matcher(text).find()) {
            return new ProgramError(ErrorKind.CONNECT_FAILED, text);
        }
        if (FAILED_CALL.matcher(text).find()) {
            return new ProgramError(meaning(text), text);
        }
        ErrorKind kind = meaning(text); // ping's and the shell's own words, for example
        return kind == ErrorKind.OTHER || text.startsWith("[") ? null : new ProgramError(kind, text);
    }

    /// The complaint that a JSON document's or event's error is, cut to the longest line; null if
    /// the server was told to end.
    static @Nullable ProgramError ofError(String error) {
        String text = cut(error);
        return isOrdinaryEnd(text) ? null : new ProgramError(meaning(text), text);
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LINE_CHARACTERS) {
            return text;
        }
        boolean isInPair = Character.isHighSurrogate(text.charAt(MAX_LINE_CHARACTERS - 1));
        return text.substring(0, isInPair ? MAX_LINE_CHARACTERS - 1 : MAX_LINE_CHARACTERS);
    }

    private static boolean isOrdinaryEnd(String text) {
        return text.contains("interrupt - the server has terminated");
    }

    private static ErrorKind meaning(String text) {
        return MEANINGS.stream()
                .filter(meaning -> text.contains(meaning.fragment()))
                .map(Rule::kind)
                .findFirst()
                .orElse(ErrorKind.OTHER);
    }
}
