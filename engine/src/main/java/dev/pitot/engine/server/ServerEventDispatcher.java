package dev.pitot.engine.server;

import dev.pitot.engine.event.DeliveryStatus;
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

/// Delivers a server's events to all its listeners. Each listener has its own queue and thread. Any
/// thread.
public final class ServerEventDispatcher {
    /// All events may be dropped when a thousand are queued for a listener, which takes a flood of broken
    /// connections.
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

    /// For each queue the threads that wait until its listener has received the end of a test. A listener
    /// that is stuck does not delay the others.
    private final List<ExecutorService> deliveries;

    private final CountDownLatch allDelivered;

    ServerEventDispatcher(List<ServerListener> listeners) {
        allDelivered = new CountDownLatch(listeners.size());
        queues = listeners.stream()
                .map(listener -> new ListenerQueue<>(() -> listener, DELIVERY, allDelivered))
                .toList();
        deliveries = listeners.stream()
                .map(_ -> Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("pitot-delivery").factory()))
                .toList();
    }

    /// Queues an event for all listeners. Returns at once.
    void announce(ServerEvent event) {
        queues.forEach(queue -> queue.announce(event));
    }

    /// Announces further events to each listener, once it has received the end of a test.
    ///
    /// @param test the delivery status of each listener of the test
    /// @param next returns the events that follow, for a listener's delivery status
    void follow(List<DeliveryStatus> test, Function<DeliveryStatus, List<ServerEvent>> next) {
        for (int i = 0; i < queues.size(); i++) {
            ListenerQueue<ServerListener, ServerEvent> queue = queues.get(i);
            DeliveryStatus deliveryStatus = test.get(i);
            deliveries.get(i).execute(() -> {
                awaitDelivery(deliveryStatus);
                queue.addDropped(deliveryStatus.dropped());
                next.apply(deliveryStatus).forEach(queue::announce);
            });
        }
    }

    private static void awaitDelivery(DeliveryStatus test) {
        try {
            test.awaitDelivery();
        } catch (InterruptedException _) { // this thread is never interrupted
        }
    }

    /// Delivery status of each listener, in the order of construction.
    public List<DeliveryStatus> deliveryStatus() {
        return List.copyOf(queues);
    }

    /// Number of events dropped because listeners were too slow, summed over all listeners.
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

    /// Ends the queues: no event and no test will follow. Returns at once.
    void finish() {
        for (int i = 0; i < queues.size(); i++) {
            ListenerQueue<ServerListener, ServerEvent> queue = queues.get(i);
            ExecutorService followers = deliveries.get(i);
            Thread.ofVirtual().name("pitot-delivery-end").start(() -> {
                followers.close();
                queue.finish();
            });
        }
    }

    /// Waits until all listeners have received all events, or until the timeout.
    ///
    /// @return true if they have
    public boolean awaitDelivery(Duration timeout) throws InterruptedException {
        return allDelivered.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    }
}
