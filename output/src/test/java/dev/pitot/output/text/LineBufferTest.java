package dev.pitot.output.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.output.ReportBudget;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    @Test
    void fewLinesAreAllKept() {
        var kept = new LineBuffer(new ReportBudget());

        kept.add("one");
        kept.add("");

        assertThat(kept.text()).isEqualTo("one\n\n");
    }

    @Test
    void theOldestGoWhenTheyAreMoreThanAMebibyte() {
        var kept = new LineBuffer(new ReportBudget());
        String line = "x".repeat(1023);

        for (int i = 0; i < 1024; i++) {
            kept.add(line);
        }
        kept.add("last");

        assertThat(kept.text()).startsWith("(1 earlier lines left out)\nxxx").endsWith("x\nlast\n");
        assertThat(kept.text()).hasLineCount(1025);
    }
}
