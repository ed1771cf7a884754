package dev.pitot.engine.event;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.ServerOutput;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells all listeners of a test what happens in it. Each has a queue and a thread of its own:
/// none waits for another, and the test for none. Announced by the session's thread; the
/// questions may come from any.
public final class Announcer {
    private static final ListenerQueue.Delivery<TestListener, TestEvent> DELIVERY =
            new ListenerQueue.Delivery<>(TestListener::onEvent, new Expendable());

    /// Intervals and notes but warnings may be dropped for a listener that is too slow.
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

    /// Starts the listeners' threads, which end by themselves after `Finished`.
    ///
    /// @param listeners each asked for its listener once, on the listener's thread
    public Announcer(List<Supplier<TestListener>> listeners) {
        allDelivered = new CountDownLatch(listeners.size());
        queues = listeners.stream()
                .map(source -> new ListenerQueue<>(source, DELIVERY, allDelivered))
                .toList();
    }

    /// Tells everybody. Returns at once.
    public void announce(TestEvent event) {
        queues.forEach(queue -> queue.announce(event));
        if (event instanceof TestEvent.Finished) {
            queues.forEach(ListenerQueue::finish);
        }
    }

    /// What the first listener that shows anything has shown so far, when it is asked; null if none
    /// does. Never fails: a listener's trouble is not the test's.
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

    /// Waits until all listeners have handled `Finished`.
    public void awaitDelivery() throws InterruptedException {
        allDelivered.await();
    }

    /// Gives all listeners so long together to handle `Finished`.
    ///
    /// @return whether all have
    public boolean awaitDelivery(Duration patience) throws InterruptedException {
        return allDelivered.await(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
    }

    /// What has reached each listener, in the order of construction.
    public List<Heard> heard() {
        return List.copyOf(queues);
    }

    /// Intervals and notes that slow listeners missed, added up.
    public long dropped() {
        return queues.stream().mapToLong(ListenerQueue::dropped).sum();
    }

    /// What a listener threw, after which it is told nothing more; null if none did. Of several,
    /// the first in the order of construction.
    public @Nullable Throwable failure() {
        return queues.stream()
                .map(ListenerQueue::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
