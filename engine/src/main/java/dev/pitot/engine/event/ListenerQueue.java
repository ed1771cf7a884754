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

/// Carries the events of a test, or of a server, to one listener, in order, on a virtual thread of the
/// listener's own. Announcing never waits: when [#CAPACITY] items or [#MAX_PARTS] parts wait, expendable events
/// are dropped and counted; others always arrive. Any thread.
///
/// @param <L> the listener
/// @param <E> its events
public final class ListenerQueue<L, E> implements Heard {
    /// Items that may wait for a slow listener.
    public static final int CAPACITY = 1024;

    /// Parts of streams that may wait in intervals, which is half a mebibyte to one: a server may
    /// have many tests whose listener does not go on.
    static final int MAX_PARTS = 4096;

    private final Supplier<L> source;
    private final Delivery<L, E> delivery;
    private final LinkedBlockingQueue<Item<L, E>> items = new LinkedBlockingQueue<>();
    private final AtomicLong waitingParts = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch allDelivered;
    private final CountDownLatch delivered = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    /// How events of one kind are delivered.
    ///
    /// @param call tells the listener
    public record Delivery<L, E>(BiConsumer<L, E> call, Weight<E> weight) {}

    /// What an event costs while it waits.
    public interface Weight<E> {
        /// Whether it may be dropped for a listener that is too slow.
        boolean isExpendable(E event);

        /// The parts of streams in it.
        int parts(E event);
    }

    private sealed interface Item<L, E> {
        record Announcement<L, E>(E event) implements Item<L, E> {}

        record Question<L, E>(Consumer<@Nullable L> ask) implements Item<L, E> {}

        record End<L, E>() implements Item<L, E> {}
    }

    /// Starts the listener's thread, which ends after [#finish()].
    ///
    /// @param source asked for the listener once, on the listener's thread
    /// @param allDelivered counted down when the listener has been told everything
    public ListenerQueue(Supplier<L> source, Delivery<L, E> delivery, CountDownLatch allDelivered) {
        this.source = source;
        this.delivery = delivery;
        this.allDelivered = allDelivered;
        Thread.ofVirtual().name("pitot-listener").start(this::deliver);
    }

    /// Tells the listener. Returns at once.
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

    /// Nothing more will be announced. Returns at once.
    public void finish() {
        items.add(new Item.End<>());
    }

    /// Asks the listener something, after all that was announced before.
    ///
    /// @param ask called on the listener's thread, with null for a listener that failed; may throw what the
    ///     listener throws
    void ask(Consumer<@Nullable L> ask) {
        items.add(new Item.Question<>(ask));
    }

    /// Counts events that the listener missed elsewhere.
    public void addDropped(long count) {
        dropped.addAndGet(count);
    }

    private void deliver() {
        L listener = listener();
        boolean isOver = false;
        while (!isOver) {
            try {
                isOver = handle(listener, items.take());
            } catch (InterruptedException _) { // the listener has interrupted itself; nobody else does
            }
        }
        delivered.countDown();
        allDelivered.countDown();
    }

    private @Nullable L listener() {
        try {
            return source.get();
        } catch (RuntimeException | Error e) { // kept for whoever asks: no listener may disturb what it listens to
            fail(e);
            return null;
        }
    }

    /// @return whether it was the last
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
    public boolean awaitDelivery(Duration patience) throws InterruptedException {
        return delivered.await(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
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
