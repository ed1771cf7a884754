package dev.pitot.engine.feed;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Sampler;
import dev.pitot.model.sample.Window;
import dev.pitot.model.sample.Windower;
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

/// The reading end of one test's live data. Give it to the test as a listener and read it in
/// one of these ways, from any thread, while the test runs and after it:
///
/// - as an [Iterable], whose iterators wait for the next item and end with the test;
/// - [#receive()], [#receive(Duration)] and [#receiveNow()], which tell "nothing yet" from "over";
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
/// Items wait in a bounded queue; [Overflow] says what happens when it is full. Several readers
/// share the items, each of which is read once; whoever wants all of them twice makes two feeds.
/// What waits when the test ends can still be read. A feed hears one test. If that test never
/// starts, only `close` ends the readers.
///
/// As a publisher it obeys Reactive Streams 1.0.4. It has one subscriber ever: a second one gets
/// an `IllegalStateException` (1.9, 1.10). Each item is delivered as far as it was requested
/// (1.1), one after the other on a virtual thread of the feed's own (1.3), then `onComplete`,
/// requested or not (1.5). A subscriber that throws is cancelled (2.13) and what it threw is
/// kept; one that cancels closes the feed (3.12). After `subscribe` nobody else may read.
public final class Feed<T> implements TestListener, Iterable<T>, Flow.Publisher<T>, AutoCloseable {
    private final Function<TestEvent, List<T>> intake; // used by the listener's thread only
    private final Backlog<T> backlog;
    private final AtomicReference<@Nullable Delivery<T>> delivery = new AtomicReference<>();

    private Feed(Function<TestEvent, List<T>> intake, Backlog<T> backlog) {
        this.intake = intake;
        this.backlog = backlog;
    }

    /// Everything that happens. The last event is always `Finished`.
    ///
    /// @param capacity items that may wait, 1 or more
    /// @throws IllegalArgumentException if `capacity` is below 1
    public static Feed<TestEvent> ofEvents(int capacity, Overflow overflow) {
        return new Feed<>(List::of, new Backlog<>(capacity, overflow));
    }

    /// One sample per direction and report interval, warm-up included and marked.
    ///
    /// @param capacity items that may wait, 1 or more
    /// @throws IllegalArgumentException if `capacity` is below 1
    public static Feed<Sample> ofSamples(int capacity, Overflow overflow) {
        return new Feed<>(new Sampler()::on, new Backlog<>(capacity, overflow));
    }

    /// Samples gathered into windows, which are aligned to the test's own clock. Each comes when
    /// the sample after it does, the last, which may be shorter, at the end of the test.
    ///
    /// @param length of a window, more than 0 and at most [Windower#MAX_LENGTH]; a multiple of
    /// the
    ///     report interval gives every window the same number of samples
    /// @param capacity items that may wait, 1 or more
    /// @throws IllegalArgumentException if `length` or `capacity` is out of range
    public static Feed<Window> ofWindows(Duration length, int capacity, Overflow overflow) {
        var sampler = new Sampler();
        var windower = new Windower(length);
        return new Feed<>(event -> windows(event, sampler, windower), new Backlog<>(capacity, overflow));
    }

    private static List<Window> windows(TestEvent event, Sampler sampler, Windower windower) {
        List<Window> windows = new ArrayList<>();
        for (Sample sample : sampler.on(event)) {
            Window ended = windower.on(sample);
            if (ended != null) {
                windows.add(ended);
            }
        }
        if (event instanceof TestEvent.Finished) {
            windows.addAll(windower.finish());
        }
        return windows;
    }

    /// Takes what happens in the one test; called by the engine.
    ///
    /// @throws IllegalStateException if the test is already over
    @Override
    public void onEvent(TestEvent event) {
        switch (backlog.intake()) {
            case OPEN -> take(event);
            case ENDED -> throw new IllegalStateException("a feed hears one test: make another one for the next test");
            case CLOSED -> {} // nobody reads any more
        }
    }

    private void take(TestEvent event) {
        backlog.put(intake.apply(event));
        if (event instanceof TestEvent.Finished) {
            backlog.end();
        }
    }

    /// The next item, or the end of the feed; waits for either.
    ///
    /// @throws IllegalStateException if the feed has a subscriber
    public Received<T> receive() throws InterruptedException {
        checkUnsubscribed();
        return backlog.take();
    }

    /// The next item, or the end of the feed, or nothing if neither comes in time.
    ///
    /// @param timeout ZERO or less does not wait; any length is allowed
    /// @throws IllegalStateException if the feed has a subscriber
    public Received<T> receive(Duration timeout) throws InterruptedException {
        checkUnsubscribed();
        return backlog.take(TimeUnit.NANOSECONDS.convert(timeout)); // which never overflows
    }

    /// The next item, or the end of the feed, or nothing; never waits.
    ///
    /// @throws IllegalStateException if the feed has a subscriber
    public Received<T> receiveNow() {
        checkUnsubscribed();
        return backlog.takeNow();
    }

    /// Reads what comes. `hasNext` waits for an item or the end; if its thread is interrupted it
    /// throws a [CancellationException] and leaves the thread interrupted. An iterator belongs to
    /// one thread.
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
        var begun = new Delivery<T>(Objects.requireNonNull(subscriber, "subscriber"), backlog);
        if (delivery.compareAndSet(null, begun)) {
            begun.start();
        } else {
            subscriber.onSubscribe(new Refused());
            subscriber.onError(new IllegalStateException("this feed has a subscriber: make a feed for each"));
        }
    }

    /// What the subscriber threw, after which it was cancelled; null if nothing.
    public @Nullable Throwable subscriberFailure() {
        Delivery<T> begun = delivery.get();
        return begun == null ? null : begun.failure();
    }

    /// Items that were given up because there was no room. Intervals that the engine itself
    /// dropped before they came here are counted by the run.
    public long dropped() {
        return backlog.dropped();
    }

    /// Ends the feed: gives up what waits, and releases at once whoever waits for room or for an
    /// item. The test goes on.
    @Override
    public void close() {
        backlog.close();
    }

    private void checkUnsubscribed() {
        if (delivery.get() != null) {
            throw new IllegalStateException("the feed has a subscriber, which gets all items");
        }
    }

    /// Waits for each item in turn.
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

    /// What a second subscriber gets before its error (1.9).
    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long count) {
            // There is nothing to ask for.
        }

        @Override
        public void cancel() {
            // There is nothing to cancel.
        }
    }
}
