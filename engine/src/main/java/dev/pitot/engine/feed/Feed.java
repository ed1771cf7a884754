package dev.pitot.engine.feed;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Sampler;
import dev.pitot.model.sample.Window;
import dev.pitot.model.sample.WindowAggregator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Queue from which a program reads one test's live data. Register it as a listener of the test and read
/// it in one of these ways, from any thread, during the test and after it:
///
/// - as an [Iterable], whose iterators wait for the next item and end with the test;
/// - with [#receive()], [#receive(Duration)] and [#receiveNow()], which distinguish "nothing yet" from
///   "over";
/// - as a [Flow.Publisher] for one subscriber.
///
/// ```java
/// try (Feed<Sample> feed = Feed.ofSamples(64, Overflow.DROP_OLDEST);
///         Run run = Iperf.client("192.0.2.1").listener(feed).start()) {
///     for (Sample sample : feed) {
///         show(sample.total().bitsPerSecond());
///     }
/// }
/// ```
///
/// Items wait in a bounded queue; [Overflow] defines what happens when it is full. Several readers share
/// the items, each of which is read once; to read all items twice, create two feeds. Items queued at the
/// end of the test can still be read. A feed serves one test. If that test never starts, only `close`
/// releases the readers.
///
/// As a publisher it conforms to Reactive Streams 1.0.4. It accepts one subscriber in its lifetime: a
/// second one receives an `IllegalStateException` (1.9, 1.10). Items are delivered as far as they were
/// requested (1.1), one after the other on the feed's virtual thread (1.3), then `onComplete`, requested
/// or not (1.5). A subscriber that throws is cancelled (2.13) and its exception is kept; one that cancels
/// closes the feed (3.12). After `subscribe`, other ways of reading throw an exception.
public final class Feed<T> implements TestListener, Iterable<T>, Flow.Publisher<T>, AutoCloseable {
    private final Function<TestEvent, List<T>> intake; // used by the listener's thread only
    private final FeedQueue<T> queue;
    private final AtomicReference<@Nullable FeedSubscription<T>> feedSubscription = new AtomicReference<>();

    private Feed(Function<TestEvent, List<T>> intake, FeedQueue<T> queue) {
        this.intake = intake;
        this.queue = queue;
    }

    /// Returns a feed of all events. The last event is always `Finished`.
    ///
    /// @param capacity maximum number of queued items, 1 or more
    /// @throws IllegalArgumentException if `capacity` is below 1
    public static Feed<TestEvent> ofEvents(int capacity, Overflow overflow) {
        return new Feed<>(List::of, new FeedQueue<>(capacity, overflow));
    }

    /// Returns a feed with one sample per direction and report interval, warm-up included and marked.
    ///
    /// @param capacity maximum number of queued items, 1 or more
    /// @throws IllegalArgumentException if `capacity` is below 1
    public static Feed<Sample> ofSamples(int capacity, Overflow overflow) {
        return new Feed<>(new Sampler()::on, new FeedQueue<>(capacity, overflow));
    }

    /// Returns a feed of samples combined into windows, which are aligned to the test's own clock. Each
    /// window is added with the sample that follows it; the last, which may be shorter, at the end of the
    /// test.
    ///
    /// @param length of a window, more than 0 and at most [WindowAggregator#MAX_LENGTH]; a multiple of the report
    ///     interval gives every window the same number of samples
    /// @param capacity maximum number of queued items, 1 or more
    /// @throws IllegalArgumentException if `length` or `capacity` is out of range
    public static Feed<Window> ofWindows(Duration length, int capacity, Overflow overflow) {
        var sampler = new Sampler();
        var windowAggregator = new WindowAggregator(length);
        return new Feed<>(event -> windows(event, sampler, windowAggregator), new FeedQueue<>(capacity, overflow));
    }

    private static List<Window> windows(TestEvent event, Sampler sampler, WindowAggregator windowAggregator) {
        List<Window> windows = new ArrayList<>();
        for (Sample sample : sampler.on(event)) {
            Window ended = windowAggregator.on(sample);
            if (ended != null) {
                windows.add(ended);
            }
        }
        if (event instanceof TestEvent.Finished) {
            windows.addAll(windowAggregator.finish());
        }
        return windows;
    }

    /// Queues an event of the test; called by the engine.
    ///
    /// @throws IllegalStateException if the test is already over
    @Override
    public void onEvent(TestEvent event) {
        switch (queue.intake()) {
            case OPEN -> take(event);
            case ENDED ->
                throw new IllegalStateException("a feed serves one test: create another feed for the next test");
            case CLOSED -> {} // the readers have closed the feed
        }
    }

    private void take(TestEvent event) {
        queue.put(intake.apply(event));
        if (event instanceof TestEvent.Finished) {
            queue.end();
        }
    }

    /// Returns the next item or the end of the feed; waits for either.
    ///
    /// @throws IllegalStateException if the feed has a subscriber
    public Received<T> receive() throws InterruptedException {
        checkUnsubscribed();
        return queue.take();
    }

    /// Returns the next item or the end of the feed, or nothing after the timeout.
    ///
    /// @param timeout ZERO or less does not wait; any length is allowed
    /// @throws IllegalStateException if the feed has a subscriber
    public Received<T> receive(Duration timeout) throws InterruptedException {
        checkUnsubscribed();
        return queue.take(TimeUnit.NANOSECONDS.convert(timeout)); // convert never overflows
    }

    /// Returns the next item or the end of the feed, or nothing; never waits.
    ///
    /// @throws IllegalStateException if the feed has a subscriber
    public Received<T> receiveNow() {
        checkUnsubscribed();
        return queue.takeNow();
    }

    /// Returns an iterator over the items. `hasNext` waits for an item or the end; if its thread is
    /// interrupted it throws a [CancellationException] and leaves the thread interrupted. An iterator
    /// belongs to one thread.
    ///
    /// @throws IllegalStateException if the feed has a subscriber
    @Override
    public Iterator<T> iterator() {
        checkUnsubscribed();
        return new Items();
    }

    /// Delivers the items to a subscriber. Returns at once.
    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        var begun = new FeedSubscription<T>(Objects.requireNonNull(subscriber, "subscriber"), queue);
        if (feedSubscription.compareAndSet(null, begun)) {
            begun.start();
        } else {
            subscriber.onSubscribe(new Refused());
            subscriber.onError(
                    new IllegalStateException("this feed has a subscriber: create a feed for each subscriber"));
        }
    }

    /// Exception that the subscriber threw, after which it was cancelled; null if none.
    public @Nullable Throwable subscriberFailure() {
        FeedSubscription<T> begun = feedSubscription.get();
        return begun == null ? null : begun.failure();
    }

    /// Number of items discarded because the queue was full. Intervals that the engine dropped before
    /// they reached the feed are counted by the run.
    public long dropped() {
        return queue.dropped();
    }

    /// Closes the feed: discards the queued items, and releases at once every thread that waits for space
    /// or for an item. The test continues.
    @Override
    public void close() {
        queue.close();
    }

    private void checkUnsubscribed() {
        if (feedSubscription.get() != null) {
            throw new IllegalStateException("the feed has a subscriber, which gets all items");
        }
    }

    /// Iterator that waits for each item.
    private final class Items implements Iterator<T> {
        private Received<T> next = new Received.Nothing<>();

        @Override
        public boolean hasNext() {
            try {
                if (next instanceof Received.Nothing<T>) {
                    next = receive();
                }
                return next instanceof Received.Item<T>;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var cancelled = new CancellationException("interrupted while waiting for the next item");
                cancelled.initCause(e);
                throw cancelled;
            }
        }

        @Override
        public T next() {
            if (hasNext() && next instanceof Received.Item<T>(T value)) {
                next = new Received.Nothing<>();
                return value;
            }
            throw new NoSuchElementException("the feed has ended");
        }
    }

    /// Subscription of a second subscriber, passed to it before the error (1.9).
    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long count) {
            // There are no items to request.
        }

        @Override
        public void cancel() {
            // There is nothing to cancel.
        }
    }
}
