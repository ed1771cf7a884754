package dev.pitot.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    @Test
    void tasksRunInOrderThoughThePoolHasManyThreads() throws Exception {
        List<Integer> order = new ArrayList<>(); // not synchronised: tasks run one at a time
        var all = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            var serial = new SerialExecutor(pool);
            for (int number = 0; number < 10_000; number++) {
                int mine = number;
                serial.execute(() -> order.add(mine));
            }
            serial.execute(all::countDown);

            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(order).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void aCarrierThatRefusedOnceIsAskedAgain() {
        List<Runnable> accepted = new ArrayList<>();
        var refusals = new ArrayList<>(List.of(1));
        var serial = new SerialExecutor(task -> {
            if (!refusals.isEmpty()) {
                refusals.clear();
                throw new IllegalStateException("not now");
            }
            accepted.add(task);
        });
        List<String> done = new ArrayList<>();

        try {
            serial.execute(() -> done.add("lost"));
        } catch (IllegalStateException _) { // as expected
        }
        serial.execute(() -> done.add("first"));
        serial.execute(() -> done.add("second"));
        accepted.forEach(Runnable::run);

        assertThat(done).containsExactly("first", "second");
    }
}
