package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectWriterTest {
    @Test
    void membersStandInTheirOrderInOneLine() {
        JsonObjectWriter text = new JsonObjectWriter()
                .put("text", "a \"b\"\n\\")
                .put("count", 3)
                .put("large", Long.MAX_VALUE)
                .put("inner", new JsonObjectWriter().put("known", null));

        assertThat(text)
                .hasToString("{\"text\":\"a \\\"b\\\"\\n\\\\\",\"count\":3,\"large\":9223372036854775807,"
                        + "\"inner\":{\"known\":null}}");
    }

    @Test
    void aRealNumberHasNineDigitsAndNoExponent() {
        JsonObjectWriter text = new JsonObjectWriter()
                .put("third", 1.0 / 3)
                .put("small", 1e-7)
                .put("whole", 2.0)
                .put("none", Double.NaN);

        assertThat(text).hasToString("{\"third\":0.333333333,\"small\":0.0000001,\"whole\":2,\"none\":null}");
    }

    @Test
    void listsTruthsAndExactNumbersAreWrittenAsTheyAre() {
        JsonObjectWriter text = new JsonObjectWriter()
                .put("list", List.of("a", 1, List.of(), new JsonObjectWriter().put("b", true)))
                .put("exact", new BigDecimal("12345678901.2345"))
                .put("huge", new BigDecimal("1E+3"));

        assertThat(text).hasToString("{\"list\":[\"a\",1,[],{\"b\":true}],\"exact\":12345678901.2345,\"huge\":1000}");
    }
}
