package dev.pitot.output.text;

import dev.pitot.output.Defect;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Known defects in iperf 3.21's text.
final class TextDefects {
    /// All intentional differences on standard output.
    static final List<Defect> OUTPUT = List.of(
            new Defect(
                    "an end whose test was aborted by the other one prints the last interval twice",
                    Pattern.compile(
                            "sig-client-(INT|TERM).*\\.server\\.txt|sig-server-(INT|TERM)(-R)?\\.txt|sig-server-KILL\\.txt"),
                    TextDefects::withoutRepeatedLine),
            Defect.of(
                    "a client whose test was aborted prints zeros that were not measured",
                    "sig-(client|server)-(INT|TERM)(-udp|-R)?\\.txt",
                    "(\\[ *\\d+]) .* 0\\.00 Bytes .*(sender|receiver)",
                    "$1 ($2 statistics not available)"));

    /// All intentional differences on standard error.
    static final List<Defect> ERRORS = List.of(
            Defect.of(
                    "a server that denies access gives no reason to its user",
                    "err-auth-.*\\.server\\.txt",
                    "no error",
                    "test authorization failed"),
            Defect.of(
                    "a client that is denied access gets no reason",
                    "err-auth-[a-z-]+\\.txt",
                    "iperf3: error - control socket has closed unexpectedly",
                    "iperf3: SERVER ERROR - test authorization failed\niperf3: error - test authorization failed"));

    private TextDefects() {}

    static List<Defect> all() {
        return Stream.concat(OUTPUT.stream(), ERRORS.stream()).toList();
    }

    private static String withoutRepeatedLine(String text) {
        return Pattern.compile("(?m)^(\\[.*\n)\\1").matcher(text).replaceFirst("$1");
    }
}
