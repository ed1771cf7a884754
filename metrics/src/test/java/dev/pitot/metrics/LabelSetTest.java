package dev.pitot.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.metrics.record.PlainNumber;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSetTest {
    @Test
    void labelsKeepTheirOrderAndAreEscaped() {
        LabelSet labels = LabelSet.NONE.with("site", "ci").with("case", "quote\"slash\\line\n");

        assertThat(labels.text()).isEqualTo("{site=\"ci\",case=\"quote\\\"slash\\\\line\\n\"}");
        assertThat(LabelSet.NONE.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9bad", "bad-name", "a:b", "ä", "a b", "a\n"})
    void whatIsNoNameIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelSet.Label(name, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new MetricPrefix(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "Z9", "__x_1"})
    void namesAreTaken(String name) {
        assertThat(new LabelSet.Label(name, "x").name()).isEqualTo(name);
        assertThat(new MetricPrefix(name).name("y")).isEqualTo(name + "_y");
    }

    @Test
    void aNameCanBeTakenOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSet.NONE.with("a", "1").with("a", "2"))
                .withMessage("the label 'a' is given twice");
    }

    @Test
    void emptyValuesAreForThoseWhoCanTakeThem() {
        LabelSet labels = LabelSet.NONE.with("a", "");

        assertThatIllegalArgumentException()
                .isThrownBy(labels::withoutEmptyValues)
                .withMessage("the value of the label 'a' must not be empty");
    }

    @Test
    void labelsAreReadAsPeopleWriteThem() {
        assertThat(LabelSet.Label.parse("a=b=c")).isEqualTo(new LabelSet.Label("a", "b=c"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSet.Label.parse("a"))
                .withMessage("a label must look like NAME=VALUE: 'a'");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "0.006, 0.006",
        "1e-7, 0.0000001",
        "1e21, 1000000000000000000000",
        "123456789.125, 123456789.125",
        "-3, -3",
        "NaN, NaN",
        "Infinity, +Inf"
    })
    void numbersHaveNoExponent(double value, String text) {
        assertThat(PlainNumber.text(value)).isEqualTo(text);
    }

    @Test
    void momentsAreExact() {
        assertThat(PlainNumber.unixSeconds(Instant.ofEpochSecond(1_777_000_000, 123_000_001)))
                .isEqualTo("1777000000.123000001");
        assertThat(PlainNumber.unixSeconds(Instant.ofEpochSecond(1_777_000_000)))
                .isEqualTo("1777000000");
    }
}
