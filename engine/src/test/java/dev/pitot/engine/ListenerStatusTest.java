package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Delivery to several listeners: waiting for them, and events dropped for each.
@Tag("slow")
class ListenerStatusTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final TestListener stuck = _ -> awaitRelease();

    @AfterEach
    void releaseAll() {
        release.countDown();
    }

    private void awaitRelease() {
        boolean isReleased = false;
        while (!isReleased) {
            try {
                isReleased = release.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException _) { // stuck for good
            }
        }
    }

    private static ClientBuilder shortTest(Server server) {
        return Iperf.client("127.0.0.1").port(server.port()).duration(Duration.ofMillis(200));
    }

    @Test
    void eachListenerIsAskedByItself() throws Exception {
        var trouble = new IllegalStateException("trouble");
        TestListener broken = _ -> {
            throw trouble;
        };
        try (Server server = Iperf.server().port(0).start();
                ClientRun run = shortTest(server)
                        .listener(_ -> {})
                        .listener(broken)
                        .listener(stuck)
                        .start()) {
            run.outcome().get(30, TimeUnit.SECONDS);

            List<ListenerStatus> listenerStatuses = run.listenerStatuses();
            listenerStatuses.getFirst().await();
            assertThat(listenerStatuses.get(1).await(Duration.ofSeconds(8))).isTrue();
            assertThat(listenerStatuses.get(2).await(Duration.ofMillis(10))).isFalse();
            assertThat(listenerStatuses).extracting(ListenerStatus::failure).containsExactly(null, trouble, null);
        }
    }

    @Test
    void severalStuckListenersShareTheTimeout() throws Exception {
        try (Server server = Iperf.server().port(0).start();
                ClientRun run = shortTest(server)
                        .listener(stuck)
                        .listener(stuck)
                        .listener(stuck)
                        .start()) {
            CompletableFuture<Outcome> waited = CompletableFuture.supplyAsync(() -> await(run));

            // with 5 s for each it would take 15 s
            assertThat(waited).succeedsWithin(ClientRun.LISTENER_TIMEOUT.plusSeconds(6));
        }
    }

    private static Outcome await(ClientRun run) {
        try {
            return run.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void waitingForAWhileIncludesTheListeners() throws Exception {
        List<TestEvent> heard = new CopyOnWriteArrayList<>();
        try (Server server = Iperf.server().port(0).start();
                ClientRun run = shortTest(server).listener(heard::add).start()) {
            assertThat(run.await(Duration.ofSeconds(8))).isNotNull();

            assertThat(heard.getLast()).isInstanceOf(TestEvent.Finished.class);
        }
    }

    @Test
    void aListenerThatInterruptsItselfHearsTheRest() throws Exception {
        List<TestEvent> heard = new CopyOnWriteArrayList<>();
        TestListener interrupted = event -> {
            heard.add(event);
            Thread.currentThread().interrupt();
        };
        try (Server server = Iperf.server().port(0).start();
                ClientRun run = shortTest(server).listener(interrupted).start()) {
            Outcome outcome = run.await();

            assertThat(heard.getLast()).isEqualTo(new TestEvent.Finished(outcome));
        }
    }

    @Test
    void aServerWithAStuckListenerEnds() throws Exception {
        ServerListener stuckServer = new ServerListener() {
            @Override
            public void onServerEvent(ServerEvent event) {
                awaitRelease();
            }

            @Override
            public TestListener onTest(int testNumber) {
                return stuck;
            }
        };
        Server server = Iperf.server().port(0).listener(stuckServer).start();
        server.close();

        CompletableFuture<Void> waited = CompletableFuture.runAsync(() -> awaitEnd(server));

        assertThat(waited).succeedsWithin(ClientRun.LISTENER_TIMEOUT.plusSeconds(6));
        assertThat(server.listenerStatuses().getFirst().await(Duration.ofMillis(10)))
                .isFalse();
    }

    private static void awaitEnd(Server server) {
        try {
            server.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStuckListenerOfTestsDelaysNoOtherListenerOfAServer() throws Exception {
        ServerListener stuckTests = new ServerListener() {
            @Override
            public void onServerEvent(ServerEvent event) {}

            @Override
            public TestListener onTest(int testNumber) {
                return stuck;
            }
        };
        try (Server server = Iperf.server()
                .port(0)
                .listener(stuckTests)
                .listener(new Watcher())
                .start()) {
            shortTest(server).run();
            server.stop(null);

            List<ListenerStatus> statuses = server.listenerStatuses();
            assertThat(statuses.getLast().await(Duration.ofSeconds(60))).isTrue();
            assertThat(statuses.getFirst().await(Duration.ofMillis(10))).isFalse();
        }
    }

    /// The 33rd interval of 128 streams does not fit the queue, which has room for 4,096 streams.
    @Test
    @Tag("slow")
    void whatAStuckListenerMissesIsCountedAtBothEnds() throws Exception {
        ServerListener stuckTests = new ServerListener() {
            @Override
            public void onServerEvent(ServerEvent event) {}

            @Override
            public TestListener onTest(int testNumber) {
                return stuck;
            }
        };
        Duration interval = Duration.ofMillis(100);
        var atServer = new Watcher();
        try (Server server = Iperf.server()
                        .port(0)
                        .interval(interval)
                        .listener(stuckTests)
                        .listener(atServer)
                        .start();
                ClientRun run = shortTest(server)
                        .duration(Duration.ofMinutes(5))
                        .parallel(128)
                        .bitrate(new Bitrate(100_000))
                        .interval(interval)
                        .listener(_ -> {})
                        .listener(stuck)
                        .start()) {
            for (int i = 0; i < 34; i++) {
                atServer.awaitInterval();
            }
            while (run.droppedEvents() == 0) {
                assertThat(run.isDone()).isFalse();
                Thread.onSpinWait();
            }
            run.cancel("enough");

            assertThat(run.outcome().get(60, TimeUnit.SECONDS).ending()).isEqualTo(new Ending.Cancelled("enough"));
            assertThat(run.listenerStatuses().getFirst().droppedEvents()).isZero();
            assertThat(run.droppedEvents())
                    .isEqualTo(run.listenerStatuses().getLast().droppedEvents());
            release.countDown();
            server.stop(null);
            server.await();
            assertThat(server.droppedEvents()).isPositive();
        }
    }
}
