package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.SocketException;
import dev.pitot.testkit.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Behaviour that programs rely on that embed the library.
@Tag("slow")
class EmbeddingTest {
    private Server server;

    @BeforeEach
    void start() throws IperfException {
        server = Iperf.server().port(0).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ClientBuilder shortTest() {
        return Iperf.client("127.0.0.1").port(server.port()).duration(Duration.ofMillis(200));
    }

    @Test
    void aDescriptionIsNotChangedByWhatIsMadeOfIt() throws InterruptedException {
        ClientBuilder plain = shortTest();
        ClientBuilder reverse = plain.direction(Direction.REVERSE).parallel(3);

        assertThat(plain.config().test().direction()).isEqualTo(Direction.FORWARD);
        assertThat(plain.config().test().streams().parallel()).isEqualTo(1);
        assertThat(reverse.run().report().streams()).hasSize(3);
        assertThat(plain.run().report().streams()).hasSize(1);
        assertThat(plain.run().ending()).isEqualTo(new Ending.Completed());
    }

    @Test
    void oneDescriptionServesSeveralServers() throws InterruptedException {
        ClientBuilder described = Iperf.client("target.invalid")
                .limit(new Limit.ForBytes(64 * 1024))
                .direction(Direction.REVERSE);

        ClientBuilder here = described.server(new Endpoint("127.0.0.1", server.port()));

        assertThat(described.config().server()).isEqualTo(new Endpoint("target.invalid", 5201));
        assertThat(here.config().test()).isEqualTo(described.config().test());
        assertThat(here.run().ending()).isEqualTo(new Ending.Completed());
    }

    @Test
    void aFractionOfASecondIsThatFraction() throws InterruptedException {
        Outcome outcome = shortTest().duration(Duration.ofMillis(350)).run();

        long nanos = Objects.requireNonNull(
                        Objects.requireNonNull(outcome.report().summary())
                                .directions()
                                .getFirst()
                                .sent())
                .nanos();
        assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofMillis(350), Duration.ofSeconds(5));
    }

    @Test
    void theOutcomeIsAlsoAFutureWhoseCopyHarmsNobody() throws Exception {
        try (ClientRun run = shortTest().start()) {
            assertThat(run.outcome().cancel(true)).isTrue();

            Outcome outcome = run.outcome().get(30, TimeUnit.SECONDS);

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            assertThat(run.isDone()).isTrue();
            assertThat(run.cause()).isNull();
        }
    }

    @Test
    void waitingForAWhileTellsNothingYetFromTheEnd() throws InterruptedException {
        try (ClientRun run = shortTest().limit(new Limit.Endless()).start()) {
            assertThat(run.await(Duration.ofMillis(100))).isNull();
            run.cancel("enough");

            // more than fits into nanoseconds
            Outcome outcome = Objects.requireNonNull(run.await(Duration.ofDays(200_000)));

            assertThat(outcome.ending()).isEqualTo(new Ending.Cancelled("enough"));
        }
    }

    @Test
    void aFailureHasAKindAReasonAndACause() throws InterruptedException, IOException {
        int nobody = FreePort.find();
        try (ClientRun run = Iperf.client("127.0.0.1").port(nobody).start()) {
            Outcome outcome = run.await();

            assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.CONNECT, "Connection refused", false));
            assertThat(run.cause()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aListenerThatBlocksForEverHarmsNobody() throws Exception {
        List<TestEvent> heard = new CopyOnWriteArrayList<>();
        var release = new CountDownLatch(1);
        TestListener stuck = _ -> awaitQuietly(release);
        try (ClientRun run = shortTest()
                .interval(Duration.ofMillis(100))
                .listener(stuck)
                .listener(heard::add)
                .start()) {
            Outcome outcome = run.outcome().get(30, TimeUnit.SECONDS);

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            assertThat(run.await()).isSameAs(outcome);
            assertThat(heard.getLast()).isEqualTo(new TestEvent.Finished(outcome));
            assertThat(heard.stream().filter(TestEvent.IntervalDone.class::isInstance))
                    .isNotEmpty();
            assertThat(run.droppedEvents()).isZero(); // few enough to be queued
        } finally {
            release.countDown();
        }
    }

    @Test
    void aListenerThatThrowsIsToldNothingMoreAndTheOthersEverything() throws InterruptedException {
        var trouble = new IllegalStateException("trouble");
        List<TestEvent> heard = new CopyOnWriteArrayList<>();
        TestListener broken = _ -> {
            throw trouble;
        };
        try (ClientRun run = shortTest().listener(broken).listener(heard::add).start()) {
            Outcome outcome = run.await();

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            assertThat(run.listenerFailure()).isSameAs(trouble);
            assertThat(heard.getLast()).isEqualTo(new TestEvent.Finished(outcome));
        }
    }

    @Test
    void aStuckListenerOfAServerDoesNotKeepTheOthersFromHearing() throws Exception {
        var release = new CountDownLatch(1);
        var watcher = new Watcher();
        ServerListener stuck = new ServerListener() {
            @Override
            public void onServerEvent(ServerEvent event) {
                awaitQuietly(release);
            }

            @Override
            public TestListener onTest(int testNumber) {
                return _ -> awaitQuietly(release);
            }
        };
        try (Server watched =
                Iperf.server().port(0).listener(stuck).listener(watcher).start()) {
            Outcome outcome = shortTest().port(watched.port()).run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            assertThat(watcher.awaitOutcome().ending()).isEqualTo(new Ending.Completed());
        } finally {
            release.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
