package dev.pitot.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.ClientRun;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.Server;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Feeds of real tests against a server in this process.
class LiveFeedTest {
    private final Server server;

    LiveFeedTest() throws Exception {
        server = Iperf.server().port(0).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLoopSeesEveryIntervalWhileTheTestRuns() throws Exception {
        try (Feed<Sample> feed = Feed.ofSamples(64, Overflow.BLOCK);
                ClientRun run = client(feed).start()) {
            var bytes = new ArrayList<Long>();
            for (Sample sample : feed) {
                bytes.add(sample.total().bytes());
                assertThat(sample.streams()).hasSize(1);
            }

            Outcome outcome = run.await();
            assertThat(outcome.ending()).isInstanceOf(Ending.Completed.class);
            assertThat(bytes).hasSizeBetween(1, 4); // a busy host skips some; a fourth one is a remainder
            Summary summary = Objects.requireNonNull(outcome.report().summary());
            Total sent = Objects.requireNonNull(summary.directions().getFirst().sent());
            assertThat(bytes.stream().mapToLong(Long::longValue).sum())
                    .isPositive()
                    .isEqualTo(sent.bytes());
            assertThat(feed.dropped()).isZero();
        }
    }

    @Test
    void timedReadersGetEventsWhileTheTestRunsAndTheRestAfterIt() throws Exception {
        try (Feed<TestEvent> feed = Feed.ofEvents(64, Overflow.BLOCK);
                ClientRun run = client(feed).start()) {
            Received<TestEvent> first = feed.receive(Duration.ofSeconds(5));
            run.await();
            var rest = new ArrayList<TestEvent>();
            while (feed.receiveNow() instanceof Received.Item<TestEvent>(TestEvent event)) {
                rest.add(event);
            }

            assertThat(first).isInstanceOf(Received.Item.class);
            assertThat(rest)
                    .filteredOn(TestEvent.IntervalDone.class::isInstance)
                    .hasSizeBetween(1, 4);
            assertThat(rest.getLast()).isInstanceOf(TestEvent.Finished.class);
        }
    }

    @Test
    void aSubscriberGetsWindowsAndThenTheEnd() throws Exception {
        var windows = new CompletableFuture<List<Window>>();
        try (Feed<Window> feed = Feed.ofWindows(Duration.ofMillis(200), 64, Overflow.BLOCK)) {
            feed.subscribe(new Collector(windows));
            var _ = client(feed).run();

            List<Window> all = windows.get(30, TimeUnit.SECONDS);
            assertThat(all).hasSizeBetween(1, 3); // one if this host is very late
            assertThat(all.getFirst().extent().samples()).isBetween(1, 2);
        }
    }

    @Test
    void aFeedThatNobodyReadsDoesNotHoldUpTheMeasurement() throws Exception {
        Feed<TestEvent> feed = Feed.ofEvents(1, Overflow.BLOCK);
        try (ClientRun run = client(feed).start()) {
            while (!run.isDone()) { // the listener is blocked all the time
                Thread.onSpinWait();
            }
            feed.close();

            assertThat(run.await().ending()).isInstanceOf(Ending.Completed.class);
        }
    }

    private ClientBuilder client(TestListener listener) {
        return Iperf.client("127.0.0.1")
                .port(server.port())
                .duration(Duration.ofMillis(300))
                .interval(Duration.ofMillis(100))
                .listener(listener);
    }

    /// Subscriber that requests one window after the other.
    private static final class Collector implements Flow.Subscriber<Window> {
        private final CompletableFuture<List<Window>> result;
        private final List<Window> windows = new ArrayList<>();
        private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();

        Collector(CompletableFuture<List<Window>> result) {
            this.result = result;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscribed.complete(subscription);
            subscription.request(1);
        }

        @Override
        public void onNext(Window window) {
            windows.add(window);
            subscribed.join().request(1);
        }

        @Override
        public void onError(Throwable error) {
            result.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            result.complete(windows);
        }
    }
}
