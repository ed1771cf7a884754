package dev.pitot.engine.event;

import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.ServerOutput;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries a test's events to one listener, in order, on a virtual thread of the listener's own.
/// Announcing never waits: when [#CAPACITY] items or [#MAX_PARTS] parts wait, intervals and notes but warnings are
/// dropped and counted; the few other events always arrive. Announced by the session's thread;
/// the questions may come from any.
final class ListenerQueue implements Heard {
    /// Items that may wait for a slow listener.
    static final int CAPACITY = 1024;

    /// Parts of streams that may wait in intervals, which is half a mebibyte to one: a server may
    /// have many tests whose listener does not go on.
    static final int MAX_PARTS = 4096;

    private final Supplier<TestListener> source;
    private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final AtomicLong waitingParts = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch allDelivered;
    private final CountDownLatch delivered = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    private sealed interface Item {
        record Announcement(TestEvent event) implements Item {}

        record Question(CompletableFuture<ServerOutput> answer) implements Item {}
    }

    /// Starts the listener's thread, which ends by itself after `Finished`.
    ///
    /// @param source asked for the listener once, on the listener's thread
    /// @param allDelivered counted down when the listener has handled `Finished`
    ListenerQueue(Supplier<TestListener> source, CountDownLatch allDelivered) {
        this.source = source;
        this.allDelivered = allDelivered;
        Thread.ofVirtual().name("pitot-listener").start(this::deliver);
    }

    void announce(TestEvent event) {
        boolean isExpendable = event instanceof TestEvent.IntervalDone
                || (event instanceof TestEvent.Note note && note.level() != TestEvent.Level.WARNING);
        int parts = parts(event);
        if (isExpendable && (items.size() >= CAPACITY || waitingParts.get() + parts > MAX_PARTS)) {
            dropped.incrementAndGet();
        } else {
            waitingParts.addAndGet(parts);
            items.add(new Item.Announcement(event));
        }
    }

    private static int parts(TestEvent event) {
        return event instanceof TestEvent.IntervalDone(Interval interval)
                ? interval.streams().size()
                : 0;
    }

    /// Asks the listener, after all that was announced before, what it has shown so far.
    ///
    /// @param answer completed by the listener's thread, exceptionally if it shows nothing
    void ask(CompletableFuture<ServerOutput> answer) {
        items.add(new Item.Question(answer));
    }

    private void deliver() {
        TestListener listener = listener();
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

    /// @return whether it was the last
    private boolean handle(TestListener listener, Item item) {
        return switch (item) {
            case Item.Announcement(var event) -> {
                waitingParts.addAndGet(-parts(event));
                tell(listener, event);
                yield event instanceof TestEvent.Finished;
            }
            case Item.Question(var answer) -> {
                show(listener, answer);
                yield false;
            }
        };
    }

    private TestListener listener() {
        try {
            return source.get();
        } catch (RuntimeException | Error e) { // kept for whoever asks: no listener may disturb a measurement
            failure = e;
            MemoryShortage.report(e);
            return _ -> {};
        }
    }

    private void tell(TestListener listener, TestEvent event) {
        if (failure != null) {
            return;
        }
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) { // as above
            failure = e;
            MemoryShortage.report(e);
        }
    }

    private void show(TestListener listener, CompletableFuture<ServerOutput> answer) {
        if (failure != null || !(listener instanceof TestReporter reporter)) {
            answer.completeExceptionally(new IllegalStateException("the listener shows nothing"));
            return;
        }
        try {
            answer.complete(reporter.serverOutput());
        } catch (RuntimeException | Error e) { // as above
            failure = e;
            MemoryShortage.report(e);
            answer.completeExceptionally(e);
        }
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
