package dev.pitot.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportBudgetTest {
    private static final long ALL = 1_280_000;
    private static final long LITTLE = ALL / 2 / 64;

    private final ReportBudget budget = new ReportBudget(ALL);

    @Test
    void theFirstMayTakeHalf() {
        assertThat(budget.take(0, ALL / 2)).isTrue();
        assertThat(budget.take(ALL / 2, 1)).isFalse();
        assertThat(budget.takenBytes()).isEqualTo(ALL / 2);
    }

    @Test
    void thereIsALittleForEachOf64Others() {
        assertThat(budget.take(0, ALL / 2)).isTrue();

        for (int test = 0; test < 64; test++) {
            assertThat(budget.take(0, LITTLE)).isTrue();
            assertThat(budget.take(LITTLE, 1)).isFalse();
        }

        assertThat(budget.takenBytes()).isEqualTo(ALL);
        assertThat(budget.take(0, 1)).isFalse();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        assertThat(budget.take(0, ALL / 2)).isTrue();
        budget.giveBack(ALL / 2);

        assertThat(budget.take(0, ALL / 2)).isTrue();
    }
}
