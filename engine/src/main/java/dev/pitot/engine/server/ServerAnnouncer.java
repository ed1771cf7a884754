package dev.pitot.engine.server;

import dev.pitot.engine.event.Heard;
import dev.pitot.engine.event.ListenerQueue;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells all listeners of a server what happens to it. Each has a queue and a thread of its own.
/// Any thread.
public final class ServerAnnouncer {
    /// When a thousand events wait for a listener, which takes a flood of broken connections, further ones are dropped.
    private static final ListenerQueue.Delivery<ServerListener, ServerEvent> DELIVERY =
            new ListenerQueue.Delivery<>(ServerListener::onServerEvent, new ListenerQueue.Weight<>() {
                @Override
                public boolean isExpendable(ServerEvent event) {
                    return true;
                }

                @Override
                public int parts(ServerEvent event) {
                    return 0;
                }
            });

    private final List<ListenerQueue<ServerListener, ServerEvent>> queues;
    private final CountDownLatch allDelivered;
    private final ExecutorService deliveries = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("pitot-delivery").factory());

    ServerAnnouncer(List<ServerListener> listeners) {
        allDelivered = new CountDownLatch(listeners.size());
        queues = listeners.stream()
                .map(listener -> new ListenerQueue<>(() -> listener, DELIVERY, allDelivered))
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
            ListenerQueue<ServerListener, ServerEvent> queue = queues.get(i);
            Heard heard = test.get(i);
            deliveries.execute(() -> {
                awaitDelivery(heard);
                queue.addDropped(heard.dropped());
                next.apply(heard).forEach(queue::announce);
            });
        }
    }

    private static void awaitDelivery(Heard test) {
        try {
            test.awaitDelivery();
        } catch (InterruptedException _) { // nobody interrupts this thread
        }
    }

    /// What has reached each listener, in the order of construction.
    public List<Heard> heard() {
        return List.copyOf(queues);
    }

    /// Events that slow listeners missed, added up.
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

    /// Nothing more will be announced, no test will follow. Returns at once.
    void finish() {
        Thread.ofVirtual().name("pitot-delivery-end").start(() -> {
            deliveries.close();
            queues.forEach(ListenerQueue::finish);
        });
    }

    /// Gives all listeners so long together to be told everything.
    ///
    /// @return whether they have
    public boolean awaitDelivery(Duration patience) throws InterruptedException {
        return allDelivered.await(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
    }
}
