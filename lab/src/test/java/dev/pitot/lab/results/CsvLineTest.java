package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CsvLineTest {
    @Test
    void fieldsAreQuotedWhereTheyMustBe() {
        assertThat(CsvLine.of(Arrays.asList("a b", "a,b", "a\"b", null, 5, "a\nb")))
                .isEqualTo("a b,\"a,b\",\"a\"\"b\",,5,a?b");
    }

    @Test
    void noSpreadsheetCalculatesAText() {
        assertThat(CsvLine.of(Arrays.asList("=1+1", "+x", "@A1", "-2+3", "=a,b", "-")))
                .isEqualTo("'=1+1,'+x,'@A1,'-2+3,\"'=a,b\",'-");
    }

    @Test
    void numbersStayNumbers() {
        assertThat(CsvLine.of(Arrays.asList(-5, -0.5, -1.5e-7, "+3", "-61"))).isEqualTo("-5,-0.5,-0.00000015,+3,-61");
    }

    @Test
    void directionsAreNotChanged() {
        assertThat(TextSanitizer.line("a\u200eb\u200fc\u061cd\u202ee")).isEqualTo("a?b?c?d?e");
    }
}
