package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/coverage.md has every row of the systems that Pitot joins and of its packages, and the tests that it
/// names exist.
class CoverageTableTest {
    private static final List<String> SECTIONS =
            List.of("iperf3-rs: a library and live metrics", "DL-7450: `IperfClient`", "apetools: the lab", "Packages");

    static Stream<String> proofs() {
        return rows().flatMap(row -> Stream.of(row.getLast().split(", ")));
    }

    private static Stream<List<String>> rows() {
        return SECTIONS.stream().flatMap(section -> Proof.rows("coverage.md", section).stream());
    }

    @Test
    void everyRowIsThereOnceAndInOrder() {
        List<String> expected = new ArrayList<>();
        add(expected, "RS-", 31);
        add(expected, "RS+", 18);
        add(expected, "DL-", 12);
        add(expected, "DL+", 13);
        add(expected, "AP-", 31);
        add(expected, "AP+", 20);
        expected.addAll(List.of("AP+20a", "AP+20b"));
        IntStream.rangeClosed(21, 28).mapToObj(number -> "AP+" + number).forEach(expected::add);
        add(expected, "PK-", 17);

        assertThat(rows().map(List::getFirst)).containsExactlyElementsOf(expected);
    }

    private static void add(List<String> rows, String kind, int last) {
        IntStream.rangeClosed(1, last)
                .mapToObj(number -> "%s%02d".formatted(kind, number))
                .forEach(rows::add);
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void everyProofIsThere(String proof) throws IOException {
        Proof.assertThere(proof);
    }
}
