package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
    @Test
    void readsEveryKindOfValueInTheOrderOfTheText() {
        Map<String, Object> document = DocumentReader.read(
                "{\"z\": 1, \"a\": [1.5, \"t\\u00e4xt\", true, false, {}], \"big\": 9223372036854775807, \"o\": {\"i\": -3}}\n");

        assertThat(document)
                .containsExactly(
                        Map.entry("z", 1L),
                        Map.entry("a", List.of(1.5, "täxt", true, false, Map.of())),
                        Map.entry("big", Long.MAX_VALUE),
                        Map.entry("o", Map.of("i", -3L)));
    }

    @Test
    void aNumberBeyond64BitsIsApproximate() {
        assertThat(DocumentReader.read("{\"n\": 9223372036854775808}")).containsEntry("n", 0x1p63);
    }

    @Test
    void absentIsNoValue() {
        assertThat(DocumentReader.read("{\"n\": null, \"l\": [null, 1]}")).containsExactly(Map.entry("l", List.of(1L)));
    }

    @Test
    void aNumberThatIsTooLargeIsNoValue() {
        String whole = "9".repeat(400);

        assertThat(DocumentReader.read("{\"a\": 1e999, \"b\": -1e999, \"c\": " + whole + ", \"l\": [1e999, 1.5]}"))
                .containsExactly(Map.entry("l", List.of(1.5)));
    }

    @Test
    void ofMembersWithOneNameTheFirstStays() {
        assertThat(DocumentReader.read("{\"n\": 1, \"n\": 2}")).containsExactly(Map.entry("n", 1L));
    }

    @Test
    @SuppressWarnings("unchecked")
    void nothingCanBeChanged() {
        Map<String, Object> document = DocumentReader.read("{\"l\": []}");

        assertThatThrownBy(document::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<Object>) Objects.requireNonNull(document.get("l"))).add(1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{", "{\"a\": NaN}", "{} {}", "{} x", "{\"a\": [}"})
    void refusesWhatIsNotOneObject(String text) {
        assertThatThrownBy(() -> DocumentReader.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> DocumentReader.read(deep)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersAsWrittenAreTextsToTheLetter() {
        assertThat(DocumentReader.readWithNumbersAsWritten(
                        "{\"a\": 1e400, \"b\": 18446744073709551616, \"c\": [-0.50], \"d\": true, \"e\": null}"))
                .isEqualTo(Map.of("a", "1e400", "b", "18446744073709551616", "c", List.of("-0.50"), "d", true));
    }
}
