package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.Complaint;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds what a program, or the shell that should start it, complains of (apetools' list and
/// more). Warnings are none, and neither is that a server was told to end.
final class Complaints {
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
    private static final int LONGEST_LINE = 1000;

    private static final List<Meaning> MEANINGS = List.of(
            new Meaning("No route to host", Trouble.NO_ROUTE),
            new Meaning("Network is unreachable", Trouble.NO_ROUTE),
            new Meaning("Connection refused", Trouble.REFUSED),
            new Meaning("Address already in use", Trouble.ADDRESS_IN_USE),
            new Meaning("server is busy", Trouble.BUSY),
            new Meaning("connect failed", Trouble.CONNECT_FAILED),
            new Meaning("unable to connect", Trouble.CONNECT_FAILED),
            new Meaning("unrecognized option", Trouble.NOT_RUNNABLE),
            new Meaning("unknown option", Trouble.NOT_RUNNABLE));

    private record Meaning(String words, Trouble trouble) {}

    private Complaints() {}

    /// The complaint that a line is; null if it is none.
    static @Nullable Complaint of(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.length() > LONGEST_LINE || text.contains("WARN")) {
            return null;
        }
        if (OWN_ERROR.matcher(text).find()) {
            return isOrdinaryEnd(text) ? null : new Complaint(meaning(text), text);
        }
        if (NO_PROGRAM.matcher(text).find() || BAD_OPTION.matcher(text).find()) {
            return new Complaint(Trouble.NOT_RUNNABLE, text);
        }
        if (UNKNOWN_HOST.matcher(text).find()) {
            return new Complaint(Trouble.CONNECT_FAILED, text);
        }
        if (FAILED_CALL.matcher(text).find()) {
            return new Complaint(meaning(text), text);
        }
        Trouble trouble = meaning(text); // ping's and the shell's own words, for example
        return trouble == Trouble.OTHER || text.startsWith("[") ? null : new Complaint(trouble, text);
    }

    /// The complaint that a JSON document's or event's error is, cut to the longest line; null if
    /// the server was told to end.
    static @Nullable Complaint ofError(String error) {
        String text = cut(error);
        return isOrdinaryEnd(text) ? null : new Complaint(meaning(text), text);
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_LINE) {
            return text;
        }
        boolean isInPair = Character.isHighSurrogate(text.charAt(LONGEST_LINE - 1));
        return text.substring(0, isInPair ? LONGEST_LINE - 1 : LONGEST_LINE);
    }

    private static boolean isOrdinaryEnd(String text) {
        return text.contains("interrupt - the server has terminated");
    }

    private static Trouble meaning(String text) {
        return MEANINGS.stream()
                .filter(meaning -> text.contains(meaning.words()))
                .map(Meaning::trouble)
                .findFirst()
                .orElse(Trouble.OTHER);
    }
}
