package dev.pitot.engine;

import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Listener that keeps all events, of a client's test or of all tests of a server.
final class Watcher implements TestListener, ServerListener {
    private final List<TestEvent> events = new CopyOnWriteArrayList<>();
    private final List<ServerEvent> serverEvents = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ServerEvent> unseen = new LinkedBlockingQueue<>();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final Semaphore started = new Semaphore(0);
    private final BlockingQueue<Interval> intervals = new LinkedBlockingQueue<>();

    @Override
    public void onEvent(TestEvent event) {
        events.add(event);
        if (event instanceof TestEvent.Finished(Outcome outcome)) {
            outcomes.add(outcome);
        } else if (event instanceof TestEvent.Started) {
            started.release();
        } else if (event instanceof TestEvent.IntervalDone(Interval interval)) {
            intervals.add(interval);
        }
    }

    @Override
    public void onServerEvent(ServerEvent event) {
        serverEvents.add(event);
        unseen.add(event);
    }

    /// Waits for a server event.
    void awaitServerEvent(Predicate<ServerEvent> isMeant) throws InterruptedException {
        ServerEvent event = present(unseen.poll(30, TimeUnit.SECONDS), "such server event");
        while (!isMeant.test(event)) {
            event = present(unseen.poll(30, TimeUnit.SECONDS), "such server event");
        }
    }

    @Override
    public TestListener onTest(int testNumber) {
        return this;
    }

    List<TestEvent> events() {
        return events;
    }

    List<ServerEvent> serverEvents() {
        return serverEvents;
    }

    /// Waits for the outcome of the next test that ends.
    Outcome awaitOutcome() throws InterruptedException {
        return present(outcomes.poll(30, TimeUnit.SECONDS), "outcome");
    }

    /// Waits until data flows in the next test.
    void awaitStart() throws InterruptedException {
        if (!started.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no test started");
        }
    }

    /// The last interval so far.
    Interval lastInterval() {
        return present(
                events.stream()
                        .filter(TestEvent.IntervalDone.class::isInstance)
                        .map(event -> ((TestEvent.IntervalDone) event).interval())
                        .reduce((_, last) -> last)
                        .orElse(null),
                "interval");
    }

    /// Waits for the next interval.
    Interval awaitInterval() throws InterruptedException {
        return present(intervals.poll(30, TimeUnit.SECONDS), "interval");
    }

    private static <T> T present(@Nullable T value, String what) {
        if (value == null) {
            throw new AssertionError("no " + what + " came");
        }
        return value;
    }
}
