package dev.pitot.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
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
    void oneTestHasAllOfIt() {
        ReportBudget ofOne = ReportBudget.ofOneTest(ALL);

        assertThat(ofOne.take(0, ALL - 1)).isTrue();
        assertThat(ofOne.take(ALL - 1, 2)).isFalse();
        assertThat(ofOne.take(ALL - 1, 1)).isTrue();
    }

    @Test
    void aTextIsMadeWhileAnotherIsWritten() {
        List<String> written = new ArrayList<>();

        budget.write(() -> "one", text -> {
            written.add(text);
            written.add(CompletableFuture.supplyAsync(() -> budget.make(() -> "two"))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join());
        });

        assertThat(written).containsExactly("one", "two");
    }

    @Test
    void textsAreWrittenOneAfterTheOther() throws Exception {
        var isSecondMade = new AtomicBoolean();
        List<String> written = new CopyOnWriteArrayList<>();
        Thread second = Thread.ofPlatform()
                .unstarted(() -> budget.write(
                        () -> {
                            isSecondMade.set(true);
                            return "two";
                        },
                        written::add));

        budget.write(() -> "one", text -> {
            second.start();
            while (second.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            assertThat(isSecondMade)
                    .as("a second text would take memory at the same time")
                    .isFalse();
            written.add(text);
        });
        second.join();

        assertThat(written).containsExactly("one", "two");
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        assertThat(budget.take(0, ALL / 2)).isTrue();
        budget.giveBack(ALL / 2);

        assertThat(budget.take(0, ALL / 2)).isTrue();
    }
}
