package dev.pitot.engine.event;

import dev.pitot.model.error.MemoryShortage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Queue of events of a test or a server for one listener, which receives them in order on its own
/// virtual thread. Announcing never waits: when [#CAPACITY] items or [#MAX_PARTS] parts are queued,
/// expendable events are dropped and counted; others are always delivered. Any thread.
///
/// @param <L> the listener
/// @param <E> its events
public final class ListenerQueue<L, E> implements DeliveryStatus {
    /// Maximum number of items queued for a slow listener.
    public static final int CAPACITY = 1024;

    /// Maximum number of per-stream parts in queued intervals, about half a mebibyte for one listener: a
    /// server may have many tests whose listener is stuck.
    static final int MAX_PARTS = 4096;

    private final Supplier<L> source;
    private final Delivery<L, E> delivery;
    private final LinkedBlockingQueue<Item<L, E>> items = new LinkedBlockingQueue<>();
    private final AtomicLong waitingParts = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch allDelivered;
    private final CountDownLatch delivered = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    /// Delivery of events of one kind.
    ///
    /// @param call passes an event to the listener
    public record Delivery<L, E>(BiConsumer<L, E> call, Weight<E> weight) {}

    /// Weight of a queued event.
    public interface Weight<E> {
        /// True if the event may be dropped for a listener that is too slow.
        boolean isExpendable(E event);

        /// Number of per-stream parts in the event.
        int parts(E event);
    }

    private sealed interface Item<L, E> {
        record Announcement<L, E>(E event) implements Item<L, E> {}

        record Question<L, E>(Consumer<@Nullable L> ask) implements Item<L, E> {}

        record End<L, E>() implements Item<L, E> {}
    }

    /// Starts the listener's thread, which ends after [#finish()].
    ///
    /// @param source called once, on the listener's thread
    /// @param allDelivered counted down when the listener has received all events
    public ListenerQueue(Supplier<L> source, Delivery<L, E> delivery, CountDownLatch allDelivered) {
        this.source = source;
        this.delivery = delivery;
        this.allDelivered = allDelivered;
        Thread.ofVirtual().name("pitot-listener").start(this::deliver);
    }

    /// Queues an event for the listener. Returns at once.
    public void announce(E event) {
        int parts = delivery.weight.parts(event);
        if (delivery.weight.isExpendable(event)
                && (items.size() >= CAPACITY || waitingParts.get() + parts > MAX_PARTS)) {
            dropped.incrementAndGet();
        } else {
            waitingParts.addAndGet(parts);
            items.add(new Item.Announcement<>(event));
        }
    }

    /// Ends the queue: no event will follow. Returns at once.
    public void finish() {
        items.add(new Item.End<>());
    }

    /// Queues a query of the listener, after all events queued before.
    ///
    /// @param ask called on the listener's thread, with null for a listener that failed; may throw what
    ///     the listener throws
    void ask(Consumer<@Nullable L> ask) {
        items.add(new Item.Question<>(ask));
    }

    /// Counts events that were dropped elsewhere for this listener.
    public void addDropped(long count) {
        dropped.addAndGet(count);
    }

    private void deliver() {
        L listener = listener();
        boolean isOver = false;
        while (!isOver) {
            try {
                isOver = handle(listener, items.take());
            } catch (InterruptedException _) { // only the listener itself interrupts this thread
            }
        }
        delivered.countDown();
        allDelivered.countDown();
    }

    private @Nullable L listener() {
        try {
            return source.get();
        } catch (RuntimeException | Error e) { // kept: a failing listener must not disturb the source
            fail(e);
            return null;
        }
    }

    /// @return true if it was the last item
    private boolean handle(@Nullable L listener, Item<L, E> item) {
        switch (item) {
            case Item.Announcement<L, E>(E event) -> {
                waitingParts.addAndGet(-delivery.weight.parts(event));
                if (listener != null && failure == null) {
                    guard(() -> delivery.call.accept(listener, event));
                }
            }
            case Item.Question<L, E>(Consumer<@Nullable L> ask) ->
                guard(() -> ask.accept(failure == null ? listener : null));
            case Item.End<L, E> _ -> {
                return true;
            }
        }
        return false;
    }

    private void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) { // as above
            fail(e);
        }
    }

    private void fail(Throwable e) {
        failure = e;
        MemoryShortage.report(e);
    }

    @Override
    public boolean awaitDelivery(Duration timeout) throws InterruptedException {
        return delivered.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    }

    @Override
    public void awaitDelivery() throws InterruptedException {
        delivered.await();
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }
}
