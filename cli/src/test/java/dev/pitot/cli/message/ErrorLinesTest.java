package dev.pitot.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorLinesTest {
    private final ErrorLines errors = new ErrorLines();

    @Test
    void whatComesIsPrintedAtTheNextTurnOnce() {
        errors.add("one");

        assertThat(errors.take()).containsExactly("one");
        assertThat(errors.take()).isEmpty();
        assertThat(errors.takeLast()).isEmpty();
    }

    @Test
    void aFloodIsAFewLinesAndTheirNumberInEachPeriod() {
        List<String> printed = new ArrayList<>();
        for (int turn = 0; turn < 3 * ErrorLines.TURNS; turn++) {
            for (int i = 0; i < 1000; i++) {
                errors.add("refused");
            }
            printed.addAll(errors.take());
        }

        int perPeriod = ErrorLines.MAX_LINES + 1;
        assertThat(printed).hasSize(3 * perPeriod);
        assertThat(printed.subList(0, perPeriod - 1)).containsOnly("refused");
        assertThat(printed.get(perPeriod - 1)).isEqualTo("9990 more errors like these");
    }

    @Test
    void theLastPeriodIsReportedToo() {
        for (int i = 0; i <= ErrorLines.MAX_LINES; i++) {
            errors.add("refused");
        }

        assertThat(errors.takeLast()).hasSize(ErrorLines.MAX_LINES + 1).last().isEqualTo("1 more error like these");
    }
}
