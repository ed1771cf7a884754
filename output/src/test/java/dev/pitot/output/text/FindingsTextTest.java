package dev.pitot.output.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.finding.Finding;
import dev.pitot.model.finding.Finding.Confidence;
import dev.pitot.model.finding.Findings;
import dev.pitot.model.result.StreamRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTextTest {
    private final List<String> lines = new ArrayList<>();

    private static Finding finding(StreamRole role, Confidence confidence) {
        return new Finding("policer", role, "A cause.", List.of(new Finding.Item("x", 1, 2)), confidence, "a step");
    }

    private List<String> print(boolean isBidirectional, List<Finding> findings) {
        new FindingsText(isBidirectional, lines::add).print(new Findings(findings, List.of()));
        return lines;
    }

    @Test
    void nothingFoundIsNothingPrinted() {
        assertThat(print(false, List.of())).isEmpty();
    }

    @Test
    void aFindingIsASentenceAndAStep() {
        assertThat(print(false, List.of(finding(StreamRole.SENDER, Confidence.STRONG))))
                .containsExactly("", "Findings", "  A cause.", "    next: a step");
    }

    @Test
    void whatIsNotCertainSaysSo() {
        assertThat(print(false, List.of(finding(StreamRole.SENDER, Confidence.HINT))))
                .contains("  maybe: A cause.");
    }

    @Test
    void withTwoDirectionsEachIsNamed() {
        assertThat(print(
                        true,
                        List.of(
                                finding(StreamRole.SENDER, Confidence.STRONG),
                                finding(StreamRole.RECEIVER, Confidence.HINT))))
                .contains("  sending: A cause.", "  receiving: maybe: A cause.");
    }

    @Test
    void thereAreThreeAtMost() {
        assertThat(print(false, Collections.nCopies(5, finding(StreamRole.SENDER, Confidence.STRONG))))
                .hasSize(2 + 3 * 2 + 1)
                .last()
                .isEqualTo("  (2 more with -J)");
    }
}
