package dev.pitot.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class StreamBudgetTest {
    private static final int ALL = 1_024;

    private final StreamBudget budget = new StreamBudget();

    @Test
    void givesNoMoreThanThereAre() {
        StreamBudget.Request most = budget.request(ALL - 1);
        assertThat(most.isGranted()).isTrue();

        StreamBudget.Request two = budget.request(2);
        assertThat(two.isGranted()).isFalse();
        budget.release(two);
        assertThat(budget.request(1).isGranted()).isTrue();
        budget.release(most);
        assertThat(budget.request(2).isGranted()).isTrue();
    }

    @Test
    void whoComesLaterDoesNotOvertakeWhoWaits() {
        StreamBudget.Request one = budget.request(1);
        StreamBudget.Request rest = budget.request(ALL - 1);
        StreamBudget.Request waiting = budget.request(ALL / 2);

        budget.release(one);
        StreamBudget.Request late = budget.request(1);
        assertThat(late.isGranted()).isFalse();
        budget.release(rest);

        assertThat(waiting.isGranted()).isTrue();
        assertThat(late.isGranted()).isTrue();
    }

    @Test
    void whoNoLongerWaitsHoldsNobodyUp() {
        StreamBudget.Request most = budget.request(ALL - 1);
        StreamBudget.Request waiting = budget.request(ALL);
        StreamBudget.Request small = budget.request(1);
        assertThat(small.isGranted()).isFalse();

        budget.release(waiting);

        assertThat(most.isGranted()).isTrue();
        assertThat(small.isGranted()).isTrue();
    }

    @Test
    void whoGoesToTheBackLetsSmallerRequestsPass() {
        budget.request(ALL - 10);
        StreamBudget.Request large = budget.request(100);
        StreamBudget.Request small = budget.request(1);
        assertThat(small.isGranted()).isFalse();

        budget.release(large);
        large = budget.request(100);

        assertThat(small.isGranted()).isTrue();
        assertThat(large.isGranted()).isFalse();
    }
}
