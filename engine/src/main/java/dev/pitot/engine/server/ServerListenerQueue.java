package dev.pitot.engine.server;

import dev.pitot.engine.event.Heard;
import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries a server's own events to one listener, in order, on a virtual thread of the listener's
/// own. Announcing never waits: when [#CAPACITY] events wait, further ones are dropped and
/// counted, which takes a flood of broken connections. Any thread.
final class ServerListenerQueue implements Heard {
    /// Events that may wait for a slow listener.
    static final int CAPACITY = 1024;

    private final ServerListener listener;
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch allDelivered;
    private final CountDownLatch delivered = new CountDownLatch(1);
    private final ThreadPoolExecutor thread;
    private final ExecutorService deliveries = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("pitot-delivery").factory());
    private volatile @Nullable Throwable failure;

    /// @param allDelivered counted down when the listener has been told everything
    ServerListenerQueue(ServerListener listener, CountDownLatch allDelivered) {
        this.listener = listener;
        this.allDelivered = allDelivered;
        thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(CAPACITY),
                Thread.ofVirtual().name("pitot-server-listener").factory(),
                (_, _) -> dropped.incrementAndGet());
    }

    void announce(ServerEvent event) {
        thread.execute(() -> tell(event));
    }

    /// Waits on a thread of its own for the end of a test, counts what its listener missed, then
    /// announces.
    ///
    /// @param test what has reached this listener's part of the test
    /// @param then knows which events follow a test
    void follow(Heard test, Consumer<Heard> then) {
        deliveries.execute(() -> {
            try {
                test.awaitDelivery();
            } catch (InterruptedException _) { // nobody interrupts this thread
            }
            dropped.addAndGet(test.dropped());
            then.accept(test);
        });
    }

    private void tell(ServerEvent event) {
        if (failure != null) {
            return;
        }
        try {
            listener.onServerEvent(event);
        } catch (RuntimeException | Error e) { // kept for whoever asks: no listener may disturb a server
            failure = e;
            MemoryShortage.report(e);
        }
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    /// Nothing more will be announced, no test will follow. Returns at once.
    void finish() {
        Thread.ofVirtual().name("pitot-delivery-end").start(this::deliverTheRest);
    }

    private void deliverTheRest() {
        deliveries.close();
        thread.close();
        delivered.countDown();
        allDelivered.countDown();
    }

    @Override
    public void awaitDelivery() throws InterruptedException {
        delivered.await();
    }

    @Override
    public boolean awaitDelivery(Duration patience) throws InterruptedException {
        return delivered.await(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
    }
}
