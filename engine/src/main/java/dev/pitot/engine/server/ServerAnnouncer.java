package dev.pitot.engine.server;

import dev.pitot.engine.event.Heard;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells all listeners of a server what happens to it. Each has a queue and a thread of its own.
/// Any thread.
public final class ServerAnnouncer {
    private final List<ServerListenerQueue> queues;
    private final CountDownLatch allDelivered;

    ServerAnnouncer(List<ServerListener> listeners) {
        allDelivered = new CountDownLatch(listeners.size());
        queues = listeners.stream()
                .map(listener -> new ServerListenerQueue(listener, allDelivered))
                .toList();
    }

    /// Tells everybody. Returns at once.
    void announce(ServerEvent event) {
        queues.forEach(queue -> queue.announce(event));
    }

    /// Tells each listener, once it has heard how a test ended, what follows.
    ///
    /// @param test what has reached each listener of it
    /// @param next the events that follow, given what the listener has heard of the test
    void follow(List<Heard> test, Function<Heard, List<ServerEvent>> next) {
        for (int i = 0; i < queues.size(); i++) {
            ServerListenerQueue queue = queues.get(i);
            queue.follow(test.get(i), heard -> next.apply(heard).forEach(queue::announce));
        }
    }

    /// What has reached each listener, in the order of construction.
    public List<Heard> heard() {
        return List.copyOf(queues);
    }

    /// Events that slow listeners missed, added up.
    public long dropped() {
        return queues.stream().mapToLong(ServerListenerQueue::dropped).sum();
    }

    /// What a listener threw, after which it is told nothing more; null if none did. Of several,
    /// the first in the order of construction.
    public @Nullable Throwable failure() {
        return queues.stream()
                .map(ServerListenerQueue::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// Nothing more will be announced, no test will follow. Returns at once.
    void finish() {
        queues.forEach(ServerListenerQueue::finish);
    }

    /// Gives all listeners so long together to be told everything.
    ///
    /// @return whether they have
    public boolean awaitDelivery(Duration patience) throws InterruptedException {
        return allDelivered.await(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
    }
}
