package dev.pitot.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamBudgetTest {
    private static final int ALL = 1_024;

    private final StreamBudget budget = new StreamBudget();
    private boolean hasGot;

    @Test
    void givesNoMoreThanThereAre() throws InterruptedException {
        assertThat(budget.take(ALL - 1, 0)).isTrue();

        assertThat(budget.take(2, 0)).isFalse();
        assertThat(budget.take(1, 0)).isTrue();
        budget.giveBack(2);
        assertThat(budget.take(2, 0)).isTrue();
    }

    @Test
    void whoComesLaterDoesNotOvertakeWhoWaits() throws InterruptedException {
        assertThat(budget.take(ALL, 0)).isTrue();
        Thread waiting = Thread.ofPlatform().start(this::takeHalf);
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        budget.giveBack(1);
        assertThat(budget.take(1, 0)).isFalse();
        budget.giveBack(ALL / 2 - 1);
        waiting.join();

        assertThat(hasGot).isTrue();
    }

    private void takeHalf() {
        try {
            hasGot = budget.take(ALL / 2, 30_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
