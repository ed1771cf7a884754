package dev.pitot.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.sample.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeedTest {
    private static final int LAST = Integer.MAX_VALUE;
    private static final TestEvent FINISHED =
            new TestEvent.Finished(new Outcome(TestReport.EMPTY, new Ending.Completed()));

    @Test
    void hasRoomForAtLeastOne() {
        assertThatThrownBy(() -> Feed.ofEvents(0, Overflow.BLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity < 1: 0");
        assertThatThrownBy(() -> Feed.ofWindows(Duration.ZERO, 1, Overflow.BLOCK))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsNothingYetFromOver() throws InterruptedException {
        var feed = Feed.ofEvents(4, Overflow.BLOCK);

        assertThat(feed.receiveNow()).isEqualTo(new Received.Nothing<>());
        assertThat(feed.receive(Duration.ofMillis(1))).isEqualTo(new Received.Nothing<>());
        assertThat(feed.receive(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(new Received.Nothing<>());
        feed.onEvent(note(1));
        feed.onEvent(FINISHED);

        assertThat(feed.receive(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(new Received.Item<>(note(1)));
        assertThat(feed.receive()).isEqualTo(new Received.Item<>(FINISHED));
        assertThat(feed.receiveNow()).isEqualTo(new Received.End<>());
        assertThat(feed.receive(Duration.ofMillis(1))).isEqualTo(new Received.End<>());
        assertThat(feed.receive()).isEqualTo(new Received.End<>());
    }

    @Test
    void itsIteratorEndsWithTheTest() {
        var feed = Feed.ofEvents(4, Overflow.BLOCK);
        feed.onEvent(note(1));
        feed.onEvent(FINISHED);

        Iterator<TestEvent> events = feed.iterator();

        assertThat(events.hasNext()).isTrue();
        assertThat(events.hasNext()).isTrue();
        assertThat(events.next()).isEqualTo(note(1));
        assertThat(events.next()).isEqualTo(FINISHED);
        assertThat(events.hasNext()).isFalse();
        assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void anInterruptedReaderIsTold() {
        var feed = Feed.ofEvents(4, Overflow.BLOCK);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> feed.iterator().hasNext()).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theOldestMakeRoomForTheNewest() {
        var feed = Feed.ofEvents(2, Overflow.DROP_OLDEST);

        for (int number = 1; number <= 5; number++) {
            feed.onEvent(note(number));
        }
        feed.onEvent(FINISHED);

        assertThat(feed).containsExactly(note(5), FINISHED);
        assertThat(feed.dropped()).isEqualTo(4);
    }

    @Test
    void orOnlyTheNewestWaits() {
        var feed = Feed.ofEvents(2, Overflow.NEWEST_ONLY);

        feed.onEvent(note(1));
        feed.onEvent(note(2));

        assertThat(feed.receiveNow()).isEqualTo(new Received.Item<>(note(2)));
        assertThat(feed.receiveNow()).isEqualTo(new Received.Nothing<>());
        assertThat(feed.dropped()).isEqualTo(1);
    }

    @Test
    void theNewestIntervalMayBeSamplesOfTwoDirections() {
        var feed = Feed.ofSamples(1, Overflow.NEWEST_ONLY);

        feed.onEvent(Intervals.bothWays(1));
        feed.onEvent(Intervals.bothWays(2));
        feed.onEvent(note(1));
        feed.onEvent(FINISHED);

        assertThat(feed).extracting(sample -> sample.total().bytes()).containsExactly(2L, 2L);
        assertThat(feed.dropped()).isEqualTo(2);
    }

    @Test
    void windowsComeWhenTheNextOneBeginsAndTheLastWithTheEnd() {
        var feed = Feed.ofWindows(Duration.ofSeconds(2), 8, Overflow.BLOCK);

        for (int second = 1; second <= 2; second++) {
            feed.onEvent(Intervals.oneWay(second));
        }
        assertThat(feed.receiveNow()).isEqualTo(new Received.Nothing<>());
        feed.onEvent(Intervals.oneWay(3));
        assertThat(feed.receiveNow()).isInstanceOf(Received.Item.class);
        feed.onEvent(FINISHED);

        List<Window> rest = new ArrayList<>();
        feed.forEach(rest::add); // each item is read once

        assertThat(rest).singleElement().satisfies(window -> {
            assertThat(window.extent().samples()).isEqualTo(1);
            assertThat(window.extent().bytes()).isEqualTo(3);
        });
    }

    @Test
    void aBlockedListenerGoesOnWhenThereIsRoom() throws Exception {
        var feed = Feed.ofEvents(1, Overflow.BLOCK);
        feed.onEvent(note(1));
        var producer = CompletableFuture.runAsync(() -> feed.onEvent(note(2)));

        assertThat(feed.receive()).isEqualTo(new Received.Item<>(note(1)));
        assertThat(feed.receive()).isEqualTo(new Received.Item<>(note(2)));
        producer.get(30, TimeUnit.SECONDS);

        assertThat(feed.dropped()).isZero();
    }

    @Test
    void closingReleasesABlockedListenerAndEndsReaders() throws Exception {
        var feed = Feed.ofEvents(1, Overflow.BLOCK);
        feed.onEvent(note(1));
        Thread producer = Thread.ofVirtual().start(() -> feed.onEvent(note(2)));
        awaitWaiting(producer);

        feed.close();

        producer.join(Duration.ofSeconds(5));
        assertThat(producer.isAlive()).isFalse();
        assertThat(feed.receive()).isEqualTo(new Received.End<>());
        feed.onEvent(FINISHED);
        assertThat(feed).isEmpty();
    }

    @Test
    void closingWakesAReaderThatWaits() throws Exception {
        var feed = Feed.ofEvents(1, Overflow.BLOCK);
        var ends = new CompletableFuture<Boolean>();
        Thread reader =
                Thread.ofVirtual().start(() -> ends.complete(feed.iterator().hasNext()));
        awaitWaiting(reader);

        feed.close();

        assertThat(ends.get(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void hearsOneTest() {
        var feed = Feed.ofEvents(4, Overflow.BLOCK);
        feed.onEvent(FINISHED);

        assertThatThrownBy(() -> feed.onEvent(note(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one test");
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void manyReadersGetEachItemOnceAndInOrder(Overflow overflow) throws Exception {
        for (long seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            int count = random.nextInt(1, 300);
            var feed = Feed.ofEvents(random.nextInt(1, 8), overflow);
            List<CompletableFuture<List<Integer>>> readers = new ArrayList<>();
            for (int reader = random.nextInt(1, 4); reader > 0; reader--) {
                SplittableRandom own = random.split();
                readers.add(CompletableFuture.supplyAsync(
                        () -> read(feed, own), task -> Thread.ofVirtual().start(task)));
            }
            for (int number = 1; number <= count; number++) {
                feed.onEvent(note(number));
                if (random.nextInt(16) == 0) {
                    Thread.onSpinWait();
                }
            }
            feed.onEvent(FINISHED);

            List<Integer> all = new ArrayList<>();
            for (var reader : readers) {
                List<Integer> own = reader.get(30, TimeUnit.SECONDS);
                assertThat(own).isSorted();
                all.addAll(own);
            }
            assertThat(all).doesNotHaveDuplicates().contains(LAST);
            assertThat(all.size() + feed.dropped()).isEqualTo(count + 1);
        }
    }

    /// Numbers of the notes that one reader receives.
    private static List<Integer> read(Feed<TestEvent> feed, SplittableRandom random) {
        List<Integer> numbers = new ArrayList<>();
        try {
            while (true) {
                Received<TestEvent> received =
                        random.nextBoolean() ? feed.receive(Duration.ofNanos(random.nextInt(50_000))) : feed.receive();
                switch (received) {
                    case Received.Item<TestEvent>(TestEvent event) -> numbers.add(number(event));
                    case Received.Nothing<TestEvent> _ -> Thread.onSpinWait();
                    case Received.End<TestEvent> _ -> {
                        return numbers;
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int number(TestEvent event) {
        return event instanceof TestEvent.Note note ? Integer.parseInt(note.text()) : LAST;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    static TestEvent note(int number) {
        return new TestEvent.Note(TestEvent.Level.DEBUG, Integer.toString(number));
    }
}
