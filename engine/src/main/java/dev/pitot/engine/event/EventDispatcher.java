package dev.pitot.engine.event;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.ServerOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Delivers a test's events to all its listeners. Each listener has its own queue and thread: listeners
/// do not wait for each other, and the test does not wait for them. Events are announced by the session's
/// thread; the other methods may be called by any thread.
public final class EventDispatcher {
    private static final ListenerQueue.Delivery<TestListener, TestEvent> DELIVERY =
            new ListenerQueue.Delivery<>(TestListener::onEvent, new Expendable());

    /// Intervals and notes other than warnings may be dropped for a listener that is too slow.
    private static final class Expendable implements ListenerQueue.Weight<TestEvent> {
        @Override
        public boolean isExpendable(TestEvent event) {
            return event instanceof TestEvent.IntervalDone
                    || (event instanceof TestEvent.Note note && note.level() != TestEvent.Level.WARNING);
        }

        @Override
        public int parts(TestEvent event) {
            return event instanceof TestEvent.IntervalDone(Interval interval)
                    ? interval.streams().size()
                    : 0;
        }
    }

    private final List<ListenerQueue<TestListener, TestEvent>> queues;
    private final CountDownLatch allDelivered;
    private @Nullable List<TestEvent> held; // belongs to the session's thread

    /// Starts the listeners' threads, which end by themselves after `Finished`.
    ///
    /// @param listeners each supplier is called once, on its listener's thread
    public EventDispatcher(List<Supplier<TestListener>> listeners) {
        allDelivered = new CountDownLatch(listeners.size());
        queues = listeners.stream()
                .map(source -> new ListenerQueue<>(source, DELIVERY, allDelivered))
                .toList();
    }

    /// Keeps events back until [#release()], or the last event: delivering one wakes other threads, which take
    /// the processor away.
    public void hold() {
        held = new ArrayList<>();
    }

    /// Queues the events that were kept back, and from now on each at once.
    public void release() {
        List<TestEvent> events = held == null ? List.of() : held;
        held = null;
        events.forEach(this::announce);
    }

    /// Queues an event for all listeners. Returns at once.
    public void announce(TestEvent event) {
        if (event instanceof TestEvent.Finished) {
            release();
        }
        if (held != null) {
            held.add(event);
            return;
        }
        queues.forEach(queue -> queue.announce(event));
        if (event instanceof TestEvent.Finished) {
            queues.forEach(ListenerQueue::finish);
        }
    }

    /// Returns the output printed so far by the first listener that prints anything; null if none does.
    /// Never fails: errors of a listener do not affect the test.
    public CompletableFuture<@Nullable ServerOutput> serverOutput() {
        var output = new CompletableFuture<@Nullable ServerOutput>();
        ask(0, output);
        return output;
    }

    private void ask(int index, CompletableFuture<@Nullable ServerOutput> output) {
        if (index == queues.size()) {
            output.complete(null);
            return;
        }
        queues.get(index).ask(listener -> {
            ServerOutput shown = null;
            try {
                shown = listener instanceof TestReporter reporter ? reporter.serverOutput() : null;
            } finally {
                if (shown == null) {
                    ask(index + 1, output);
                } else {
                    output.complete(shown);
                }
            }
        });
    }

    /// Waits until all listeners have handled the events queued so far, or until the timeout.
    public void awaitListeners(Duration timeout) throws InterruptedException {
        var idle = new CountDownLatch(queues.size());
        queues.forEach(queue -> queue.ask(_ -> idle.countDown()));
        var _ = idle.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    }

    /// Waits without a timeout until all listeners have handled `Finished`.
    public void awaitDelivery() throws InterruptedException {
        allDelivered.await();
    }

    /// Waits until all listeners have handled `Finished`, or until the timeout.
    ///
    /// @return true if all listeners have handled it
    public boolean awaitDelivery(Duration timeout) throws InterruptedException {
        return allDelivered.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    }

    /// Delivery status of each listener, in the order of construction.
    public List<DeliveryStatus> deliveryStatus() {
        return List.copyOf(queues);
    }

    /// Number of intervals and notes dropped because listeners were too slow, summed over all listeners.
    public long dropped() {
        return queues.stream().mapToLong(ListenerQueue::dropped).sum();
    }

    /// Exception that a listener threw, after which it received no more events; null if none did. If
    /// several did, the first in the order of construction.
    public @Nullable Throwable failure() {
        return queues.stream()
                .map(ListenerQueue::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
