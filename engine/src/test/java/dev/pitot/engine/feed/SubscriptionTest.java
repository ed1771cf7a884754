package dev.pitot.engine.feed;

import static dev.pitot.engine.feed.FeedTest.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each rule of Reactive Streams 1.0.4 that a feed claims to follow.
class SubscriptionTest {
    private static final TestEvent FINISHED =
            new TestEvent.Finished(new Outcome(TestReport.EMPTY, new Ending.Completed()));

    @Test
    void rule1_1NoMoreIsDeliveredThanWasRequested() throws Exception {
        var feed = Feed.ofEvents(8, Overflow.BLOCK);
        var subscriber = new Recorder();
        feed.subscribe(subscriber);
        Flow.Subscription subscription = subscriber.subscription();
        feed.onEvent(note(1));
        feed.onEvent(note(2));
        feed.onEvent(note(3));

        subscription.request(2);

        assertThat(subscriber.next()).isEqualTo("item 1");
        assertThat(subscriber.next()).isEqualTo("item 2");
        assertThat(subscriber.hasMore()).isFalse();
        subscription.request(1);
        assertThat(subscriber.next()).isEqualTo("item 3");
    }

    @Test
    void rule1_5TheEndComesWithoutARequest() throws Exception {
        var feed = Feed.ofEvents(8, Overflow.BLOCK);
        var subscriber = new Recorder();
        feed.subscribe(subscriber);
        subscriber.subscription().request(1);

        feed.onEvent(FINISHED);

        assertThat(subscriber.next()).isEqualTo("item finished");
        assertThat(subscriber.next()).isEqualTo("complete");
    }

    @Test
    void rule1_9AndRule1_10ASecondSubscriberIsRefused() throws Exception {
        var feed = Feed.ofEvents(8, Overflow.BLOCK);
        feed.subscribe(new Recorder());
        var second = new Recorder();

        feed.subscribe(second);

        Flow.Subscription refused = second.subscription();
        assertThat(second.next()).startsWith("error java.lang.IllegalStateException: this feed has a subscriber");
        refused.request(1);
        refused.cancel();
        assertThat(second.hasMore()).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // the rule is about callers that do not check
    void rule1_9ASubscriberIsNotNull() {
        var feed = Feed.ofEvents(8, Overflow.BLOCK);

        assertThatThrownBy(() -> feed.subscribe(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void rule2_13ASubscriberThatThrowsIsCancelled() throws Exception {
        var feed = Feed.ofEvents(1, Overflow.BLOCK);
        var thrown = new IllegalStateException("clumsy");
        var subscriber = new Recorder() {
            @Override
            public void onNext(TestEvent event) {
                throw thrown;
            }
        };
        feed.subscribe(subscriber);
        subscriber.subscription().request(Long.MAX_VALUE);

        for (int number = 1; number <= 100; number++) {
            feed.onEvent(note(number)); // not blocked by the cancelled subscriber
        }

        assertThat(feed.subscriberFailure()).isSameAs(thrown);
        assertThat(subscriber.hasMore()).isFalse();
    }

    @Test
    void rule3_9ARequestForNothingIsAnError() throws Exception {
        var feed = Feed.ofEvents(8, Overflow.BLOCK);
        var subscriber = new Recorder();
        feed.subscribe(subscriber);

        subscriber.subscription().request(0);

        assertThat(subscriber.next()).startsWith("error java.lang.IllegalArgumentException: count <= 0: 0");
        feed.onEvent(note(1));
        assertThat(subscriber.hasMore()).isFalse();
    }

    @Test
    void rule3_12CancellingClosesTheFeed() throws Exception {
        var feed = Feed.ofEvents(1, Overflow.BLOCK);
        var subscriber = new Recorder();
        feed.subscribe(subscriber);
        Flow.Subscription subscription = subscriber.subscription();
        feed.onEvent(note(1));
        Thread producer = Thread.ofVirtual().start(() -> feed.onEvent(note(2)));

        subscription.cancel();
        subscription.request(1); // rule 3.6: has no effect now

        assertThat(producer.join(Duration.ofSeconds(5))).isTrue();
        assertThat(subscriber.hasMore()).isFalse();
    }

    @Test
    void rule3_17DemandDoesNotOverflow() throws Exception {
        var feed = Feed.ofEvents(8, Overflow.BLOCK);
        var subscriber = new Recorder();
        feed.subscribe(subscriber);
        Flow.Subscription subscription = subscriber.subscription();
        subscription.request(Long.MAX_VALUE);
        subscription.request(Long.MAX_VALUE);

        feed.onEvent(note(1));
        feed.onEvent(note(2));
        feed.onEvent(FINISHED);

        assertThat(List.of(subscriber.next(), subscriber.next(), subscriber.next(), subscriber.next()))
                .containsExactly("item 1", "item 2", "item finished", "complete");
    }

    @Test
    void nobodyElseReadsWhatASubscriberGets() {
        var feed = Feed.ofEvents(8, Overflow.BLOCK);
        feed.subscribe(new Recorder());

        assertThatThrownBy(feed::receiveNow).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(feed::receive).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(feed::iterator).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingCompletesASubscriber() throws Exception {
        var feed = Feed.ofEvents(8, Overflow.BLOCK);
        var subscriber = new Recorder();
        feed.subscribe(subscriber);
        subscriber.subscription();

        feed.close();

        assertThat(subscriber.next()).isEqualTo("complete");
    }

    @Test
    void everyItemComesOnceInOrderAndOneAtATimeHoweverItIsRequested() throws Exception {
        for (long seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            int count = random.nextInt(1, 200);
            var feed = Feed.ofEvents(random.nextInt(1, 6), Overflow.BLOCK);
            var subscriber = new Greedy(random.split());
            feed.subscribe(subscriber);

            for (int number = 1; number <= count; number++) {
                feed.onEvent(note(number));
            }
            feed.onEvent(FINISHED);

            assertThat(subscriber.all.get(30, TimeUnit.SECONDS))
                    .isEqualTo(IntStream.rangeClosed(1, count + 1).boxed().toList());
            assertThat(feed.dropped()).isZero();
        }
    }

    /// Subscriber that records every signal.
    private static class Recorder implements Flow.Subscriber<TestEvent> {
        private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscribed.complete(subscription);
        }

        @Override
        public void onNext(TestEvent event) {
            signals.add("item " + (event instanceof TestEvent.Note note ? note.text() : "finished"));
        }

        @Override
        public void onError(Throwable error) {
            signals.add("error " + error);
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }

        Flow.Subscription subscription() throws Exception {
            return subscribed.get(30, TimeUnit.SECONDS);
        }

        String next() throws InterruptedException {
            String signal = signals.poll(30, TimeUnit.SECONDS);
            return signal == null ? "nothing" : signal;
        }

        /// True if another signal comes soon.
        boolean hasMore() throws InterruptedException {
            return signals.poll(50, TimeUnit.MILLISECONDS) != null;
        }
    }

    /// Subscriber that requests random numbers of items, from its own thread and from others.
    private static final class Greedy implements Flow.Subscriber<TestEvent> {
        private final CompletableFuture<List<Integer>> all = new CompletableFuture<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final AtomicInteger inside = new AtomicInteger();
        private final SplittableRandom random;
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private int left;

        Greedy(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription.complete(begun);
            ask();
        }

        private void ask() {
            left = random.nextInt(1, 5);
            int count = left;
            Flow.Subscription asked = subscription.join();
            if (random.nextBoolean()) {
                asked.request(count);
            } else {
                Thread.ofVirtual().start(() -> asked.request(count));
            }
        }

        @Override
        public void onNext(TestEvent event) {
            if (inside.incrementAndGet() != 1 || --left < 0) {
                all.completeExceptionally(new AssertionError("two at once, or more than asked for"));
            }
            numbers.add(event instanceof TestEvent.Note note ? Integer.parseInt(note.text()) : numbers.size() + 1);
            inside.decrementAndGet();
            if (left == 0) {
                ask();
            }
        }

        @Override
        public void onError(Throwable error) {
            all.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            all.complete(List.copyOf(numbers));
        }
    }
}
