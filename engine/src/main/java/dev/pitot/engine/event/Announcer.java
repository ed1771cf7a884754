package dev.pitot.engine.event;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.socket.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells all listeners of a test what happens in it. Each has a queue and a thread of its own:
/// none waits for another, and the test for none. Announced by the session's thread; the
/// questions may come from any.
public final class Announcer {
    private final List<ListenerQueue> queues;
    private final CountDownLatch allDelivered;

    /// Starts the listeners' threads, which end by themselves after `Finished`.
    ///
    /// @param listeners each asked for its listener once, on the listener's thread
    public Announcer(List<Supplier<TestListener>> listeners) {
        allDelivered = new CountDownLatch(listeners.size());
        queues = listeners.stream()
                .map(source -> new ListenerQueue(source, allDelivered))
                .toList();
    }

    /// Tells everybody. Returns at once.
    public void announce(TestEvent event) {
        queues.forEach(queue -> queue.announce(event));
    }

    /// What the first listener that shows anything has shown so far, or null if none does, or
    /// not before `patience` ends. This is the one moment when a test waits for its listeners:
    /// its client has asked for what they show.
    public @Nullable ServerOutput serverOutput(Patience patience) throws InterruptedException {
        for (ListenerQueue queue : queues) {
            var answer = new CompletableFuture<ServerOutput>();
            queue.ask(answer);
            ServerOutput output = await(answer, patience);
            if (output != null) {
                return output;
            }
        }
        return null;
    }

    private static @Nullable ServerOutput await(CompletableFuture<ServerOutput> answer, Patience patience)
            throws InterruptedException {
        while (true) {
            try {
                return answer.get(patience.nextSliceMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) { // ask again whether it is still wanted
            } catch (ExecutionException | IOException _) { // a listener's trouble is not the test's
                return null;
            }
        }
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
