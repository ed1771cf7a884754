package dev.pitot.engine.server;

import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Carries a server's own events to one listener, in order, on a virtual thread of the listener's
/// own. Announcing never waits: when [#CAPACITY] events wait, further ones are dropped and
/// counted, which takes a flood of broken connections. Any thread.
final class ServerListenerQueue implements AutoCloseable {
    /// Events that may wait for a slow listener.
    static final int CAPACITY = 1024;

    private final ServerListener listener;
    private final AtomicLong dropped = new AtomicLong();
    private final ThreadPoolExecutor thread;
    private volatile @Nullable Throwable failure;

    ServerListenerQueue(ServerListener listener) {
        this.listener = listener;
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

    private void tell(ServerEvent event) {
        if (failure != null) {
            return;
        }
        try {
            listener.onServerEvent(event);
        } catch (RuntimeException | Error e) { // kept for whoever asks: no listener may disturb a server
            failure = e;
        }
    }

    /// Events that a slow listener missed.
    long dropped() {
        return dropped.get();
    }

    /// What the listener threw, after which it is told nothing more; null if it threw nothing.
    @Nullable Throwable failure() {
        return failure;
    }

    /// Waits until everything has been told.
    @Override
    public void close() {
        thread.close();
    }
}
