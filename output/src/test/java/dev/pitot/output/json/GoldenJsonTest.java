package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.TestRole;
import dev.pitot.output.Defect;
import dev.pitot.output.Goldens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reproduces all JSON output of iperf 3.21 byte for byte, except for its known defects.
class GoldenJsonTest {
    private final List<String> lines = new ArrayList<>();
    private final List<String> documents = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    static Stream<String> documents() {
        return Goldens.names(".json").stream().filter(name -> !name.startsWith("json-stream"));
    }

    static Stream<String> streams() {
        return Goldens.names(".json").stream().filter(name -> name.startsWith("json-stream"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void writesTheSameDocument(String name) {
        String golden = Defect.cure(name, Goldens.read(name), JsonDefects.ALL);
        TestRole role = Goldens.role(name);

        for (String document : golden.split("(?<=\n}\n)", 0)) { // a server writes one per test
            var reporter = new JsonReporter(role, Goldens.PROGRAM, documents::add, warnings::add);
            new RecordedTest(JsonTree.of(document), role).events().forEach(reporter::onEvent);
        }

        assertThat(String.join("", documents)).isEqualTo(golden);
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void writesTheSameLinesAndTheSameDocumentBehindThem(String name) {
        String golden = Defect.cure(name, Goldens.read(name), JsonDefects.ALL);
        List<String> stream =
                golden.lines().takeWhile(line -> line.startsWith("{\"event\"")).toList();
        String document = golden.substring(String.join("\n", stream).length() + 1);
        TestRole role = Goldens.role(name);

        var reporter = document.isEmpty()
                ? new JsonStreamReporter(role, Goldens.PROGRAM, lines::add, warnings::add)
                : new JsonStreamReporter(role, Goldens.PROGRAM, lines::add, warnings::add, documents::add);
        new RecordedTest(RecordedStream.document(stream), role).events().forEach(reporter::onEvent);

        assertThat(lines).isEqualTo(stream);
        assertThat(String.join("", documents)).isEqualTo(document);
        assertThat(warnings).isEmpty();
    }

    @Test
    void everyDefectIsInSomeGolden() {
        for (Defect defect : JsonDefects.ALL) {
            assertThat(Goldens.names(".json"))
                    .as(defect.reason())
                    .anyMatch(defect.names().asMatchPredicate());
        }
    }
}
