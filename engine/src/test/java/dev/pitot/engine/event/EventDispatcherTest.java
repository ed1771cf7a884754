package dev.pitot.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventDispatcherTest {
    private static final TestEvent FINISHED =
            new TestEvent.Finished(new Outcome(TestReport.EMPTY, new Ending.Completed()));
    private static final TestEvent INTERVAL = new TestEvent.IntervalDone(new Interval(List.of(), List.of(), false));

    private final List<TestEvent> heard = new ArrayList<>();

    @Test
    void deliversEventsInOrderUpToTheLast() throws InterruptedException {
        var eventDispatcher = new EventDispatcher(List.of(() -> heard::add));

        eventDispatcher.announce(new TestEvent.Started(Instant.EPOCH));
        eventDispatcher.announce(INTERVAL);
        eventDispatcher.announce(FINISHED);
        eventDispatcher.awaitDelivery();

        assertThat(heard).containsExactly(new TestEvent.Started(Instant.EPOCH), INTERVAL, FINISHED);
    }

    @Test
    void keepsEventsBackInOrderUntilTheyAreReleased() throws InterruptedException {
        var eventDispatcher = new EventDispatcher(List.of(() -> heard::add));

        eventDispatcher.hold();
        eventDispatcher.announce(new TestEvent.Started(Instant.EPOCH));
        eventDispatcher.awaitListeners(Duration.ofMinutes(1));
        List<TestEvent> before = List.copyOf(heard);
        eventDispatcher.release();
        eventDispatcher.announce(INTERVAL);
        eventDispatcher.awaitListeners(Duration.ofMinutes(1));

        assertThat(before).isEmpty();
        assertThat(heard).containsExactly(new TestEvent.Started(Instant.EPOCH), INTERVAL);
    }

    @Test
    void releasesWhatWasKeptBackBeforeTheLastEvent() throws InterruptedException {
        var eventDispatcher = new EventDispatcher(List.of(() -> heard::add));

        eventDispatcher.hold();
        eventDispatcher.announce(INTERVAL);
        eventDispatcher.announce(FINISHED);
        eventDispatcher.awaitDelivery();

        assertThat(heard).containsExactly(INTERVAL, FINISHED);
    }

    @Test
    void dropsAndCountsIntervalsOfAListenerThatIsTooSlowButNeverTheEnd() throws InterruptedException {
        var release = new CountDownLatch(1);
        var eventDispatcher = new EventDispatcher(List.of(() -> {
            awaitQuietly(release);
            return heard::add;
        }));

        for (int i = 0; i < ListenerQueue.CAPACITY + 7; i++) {
            eventDispatcher.announce(INTERVAL);
        }
        eventDispatcher.announce(FINISHED);
        release.countDown();
        eventDispatcher.awaitDelivery();

        assertThat(eventDispatcher.dropped()).isEqualTo(7);
        assertThat(heard).hasSize(ListenerQueue.CAPACITY + 1).endsWith(FINISHED);
    }

    @Test
    void intervalsOfManyStreamsFindRoomForFewer() throws InterruptedException {
        var stream = new StreamInfo(1, 5, StreamRole.SENDER, new Endpoint("a", 1), new Endpoint("b", 2));
        var part = new Interval.OfStream(stream, Span.until(1), 0, null, null, null);
        var event = new TestEvent.IntervalDone(new Interval(Collections.nCopies(128, part), List.of(), false));
        var release = new CountDownLatch(1);
        var eventDispatcher = new EventDispatcher(List.of(() -> {
            awaitQuietly(release);
            return heard::add;
        }));

        for (int i = 0; i < 100; i++) {
            eventDispatcher.announce(event);
        }
        eventDispatcher.announce(FINISHED);
        release.countDown();
        eventDispatcher.awaitDelivery();

        assertThat(heard).hasSize(ListenerQueue.MAX_PARTS / 128 + 1).endsWith(FINISHED);
        assertThat(eventDispatcher.dropped()).isEqualTo(100 - ListenerQueue.MAX_PARTS / 128);
    }

    @Test
    void keepsWhatAListenerThrowsAndGoesOn() throws InterruptedException {
        var trouble = new IllegalStateException("listener trouble");
        TestListener listener = _ -> {
            throw trouble;
        };
        var eventDispatcher = new EventDispatcher(List.of(() -> listener));

        eventDispatcher.announce(INTERVAL);
        eventDispatcher.announce(FINISHED);
        eventDispatcher.awaitDelivery();

        assertThat(eventDispatcher.failure()).isSameAs(trouble);
    }

    @Test
    void asksAReporterAfterAllThatWasAnnouncedBefore() throws Exception {
        var eventDispatcher = new EventDispatcher(List.of(() -> new CountingReporter(heard)));

        eventDispatcher.announce(new TestEvent.Started(Instant.EPOCH));
        eventDispatcher.announce(INTERVAL);

        assertThat(eventDispatcher.serverOutput().get(30, TimeUnit.SECONDS))
                .isEqualTo(new ServerOutput.Text("2 events"));
    }

    @Test
    void hasNoOutputOfAListenerThatShowsNothing() throws Exception {
        var eventDispatcher = new EventDispatcher(List.of(() -> heard::add));

        assertThat(eventDispatcher.serverOutput().get(30, TimeUnit.SECONDS)).isNull();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record CountingReporter(List<TestEvent> heard) implements TestReporter {
        @Override
        public void onEvent(TestEvent event) {
            heard.add(event);
        }

        @Override
        public ServerOutput serverOutput() {
            return new ServerOutput.Text(heard.size() + " events");
        }
    }
}
