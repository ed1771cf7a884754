package dev.pitot.engine.feed;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Delivers a feed's items to its subscriber on a virtual thread, as far as the subscriber has requested
/// them. Rule numbers are those of the Reactive Streams specification 1.0.4 for the JVM.
final class FeedSubscription<T> implements Flow.Subscription, FeedQueue.Demand {
    private final Flow.Subscriber<? super T> subscriber;
    private final FeedQueue<T> queue;
    private final AtomicLong wanted = new AtomicLong();
    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException mistake;
    private volatile @Nullable Throwable failure;

    FeedSubscription(Flow.Subscriber<? super T> subscriber, FeedQueue<T> queue) {
        this.subscriber = subscriber;
        this.queue = queue;
    }

    /// Starts with `onSubscribe` (1.9); all signals come from this one thread (1.3).
    void start() {
        Thread.ofVirtual().name("pitot-feed").start(this::carryOut);
    }

    private void carryOut() {
        try {
            subscriber.onSubscribe(this);
            deliver();
        } catch (RuntimeException | Error e) { // 2.13: throwing cancels the subscription
            failure = e;
            cancel();
        }
    }

    private void deliver() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = switch (queue.takeFor(this)) {
                case Received.Item<T>(T value) -> {
                    wanted.updateAndGet(count -> count == Long.MAX_VALUE ? count : count - 1); // 3.17
                    subscriber.onNext(value);
                    yield true;
                }
                case Received.End<T> _ -> {
                    cancelled = true; // 1.6
                    subscriber.onComplete();
                    yield false;
                }
                case Received.Nothing<T> _ -> {
                    breakOff();
                    yield false;
                }
            };
        }
    }

    /// Signals an invalid request as an error (3.9), unless the subscriber has cancelled.
    private void breakOff() {
        IllegalArgumentException error = mistake;
        if (error != null && !cancelled) {
            cancel();
            subscriber.onError(error);
        }
    }

    /// Adds to the demand (3.8), up to [Long#MAX_VALUE], which means unbounded (3.17).
    @Override
    public void request(long count) {
        if (count <= 0) {
            mistake = new IllegalArgumentException("count <= 0: " + count + " (Reactive Streams 3.9)");
        } else {
            wanted.updateAndGet(before -> before > Long.MAX_VALUE - count ? Long.MAX_VALUE : before + count);
        }
        queue.wake();
    }

    /// Closes the feed: its only reader is gone, and nothing may wait for it (3.12, 3.13).
    @Override
    public void cancel() {
        cancelled = true;
        queue.close();
    }

    @Override
    public boolean isThere() {
        return wanted.get() > 0;
    }

    @Override
    public boolean isOver() {
        return cancelled || mistake != null;
    }

    @Nullable Throwable failure() {
        return failure;
    }
}
