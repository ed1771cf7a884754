package dev.pitot.output.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.TestRole;
import dev.pitot.output.Defect;
import dev.pitot.output.Goldens;
import dev.pitot.output.RecordedEnding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reproduces all text output of iperf 3.21 byte for byte, except for its known defects. Output
/// that does not belong to a test is left out on both sides: banners, titles, time stamps, the
/// final message of a server.
class GoldenTextTest {
    private static final String BANNER = "(?m)(\\Aiperf .*\n.*\n)?^-{59}\nServer listening on .*\n-{59}\n";
    private static final String TITLE = "(?m)^My title:  ";
    private static final String TIMESTAMP = "(?m)^(\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}|Sat Nov 21 [\\d:]{8} 2026) ";

    private final List<String> lines = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    static List<String> texts() {
        return Goldens.names(".txt");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void printsTheSameLines(String name) {
        String golden = Goldens.read(name)
                .replaceAll(TIMESTAMP, "")
                .replaceAll(TITLE, "")
                .replaceAll(BANNER, "");
        List<String> text =
                Defect.cure(name, golden, TextDefects.OUTPUT).lines().toList();
        List<String> complaints = complaints(name);
        TestRole role = Goldens.role(name);
        var reporter = new TextReporter(
                role, options(name, golden), line -> lines.addAll(List.of(line.split("\n", -1))), errors::add);

        new PrintedTest(role, text, RecordedEnding.of(complaints, role))
                .events()
                .forEach(reporter::onEvent);

        assertThat(lines).isEqualTo(text);
        assertThat(errors).isEqualTo(complaints);
    }

    @Test
    void everyDefectIsInSomeGolden() {
        for (Defect defect : TextDefects.all()) {
            assertThat(Goldens.names(".txt"))
                    .as(defect.reason())
                    .anyMatch(defect.names().asMatchPredicate());
        }
    }

    private static List<String> complaints(String name) {
        if (name.equals("err-busy.server.txt")) { // its server was stopped after the test, while idle
            return List.of();
        }
        List<String> ownWords = Goldens.errors(name).stream()
                .filter(line -> line.startsWith("iperf3: ") && !line.equals("iperf3: exiting"))
                .toList();
        return Defect.cure(name, String.join("\n", ownWords), TextDefects.ERRORS)
                .lines()
                .toList();
    }

    private static TextOptions options(String name, String golden) {
        boolean isVerbose = golden.contains("Starting Test: ");
        UnitFormat rate = name.startsWith("format-") ? rate(name) : UnitFormat.ADAPTIVE_BITS;
        return new TextOptions(Goldens.PROGRAM, rate, isVerbose, 0, true);
    }

    // format-lower-k.txt
    private static UnitFormat rate(String name) {
        char letter = name.split("[-.]", 0)[2].charAt(0);
        boolean isUpper = name.startsWith("format-upper") && Goldens.role(name) == TestRole.CLIENT;
        boolean isLower = name.startsWith("format-lower") && Goldens.role(name) == TestRole.CLIENT;
        if (isUpper) {
            return UnitFormat.ofLetter(Character.toUpperCase(letter));
        }
        return isLower ? UnitFormat.ofLetter(letter) : UnitFormat.ADAPTIVE_BITS; // not sent to servers
    }
}
