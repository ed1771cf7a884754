package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartialReaderTest {
    private static final String WHOLE =
            "{\"a\": 12, \"b\": [{\"c\": 1.5}, {\"c\": \"x\"}], \"d\": {\"e\": true, \"f\": null}}";

    @Test
    void ofADocumentWithTooManyValuesTheFirstAreRead() {
        String document = "{\"a\": [{}, {}, {}], \"b\": 1}";

        assertThat(PartialReader.read(document, 6))
                .isEqualTo(new PartialReader.Part(Map.of("a", List.of(Map.of(), Map.of(), Map.of()), "b", 1L), false));
        // the document, the array, two of its objects
        assertThat(PartialReader.read(document, 4))
                .isEqualTo(new PartialReader.Part(Map.of("a", List.of(Map.of(), Map.of())), true));
    }

    @Test
    void aWholeDocumentIsReadAsDocumentReaderDoes() {
        assertThat(PartialReader.read(WHOLE)).isEqualTo(DocumentReader.read(WHOLE));
    }

    @Test
    void aNumberThatMayBeCutIsNotTold() {
        assertThat(PartialReader.read("{\"a\": 12")).isEmpty();
        assertThat(PartialReader.read("{\"a\": 12, \"b\": [")).containsEntry("a", 12L);
    }

    @Test
    void halfAnElementIsNone() {
        assertThat(PartialReader.read("{\"b\": [{\"c\": 1.5}, {\"c\": \"x\""))
                .isEqualTo(Map.of("b", List.of(Map.of("c", 1.5))));
        assertThat(PartialReader.read("{\"b\": [{\"c\": 1.5}")).isEqualTo(Map.of("b", List.of(Map.of("c", 1.5))));
        assertThat(PartialReader.read("{\"b\": [1, 2")).isEqualTo(Map.of("b", List.of(1L)));
    }

    @Test
    void aMemberKeepsWhatIsCompleteOfIt() {
        assertThat(PartialReader.read("{\"d\": {\"e\": true, \"g\": 1")).isEqualTo(Map.of("d", Map.of("e", true)));
    }

    @Test
    void nothingIsReadBehindAnError() {
        assertThat(PartialReader.read("{\"a\": 1, \"b\": 2, \"c\": @, \"d\": 3}"))
                .isEqualTo(Map.of("a", 1L));
    }

    @Test
    void noCutIsAnError() {
        for (int i = 0; i <= WHOLE.length(); i++) {
            assertThat(PartialReader.read(WHOLE.substring(0, i))).isNotNull();
        }
        assertThat(PartialReader.read("[1]")).isEmpty();
        assertThat(PartialReader.read("{\"a\":".repeat(5000))).isNotNull();
    }
}
