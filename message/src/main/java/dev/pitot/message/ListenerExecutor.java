package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries what an endpoint's thread has to tell to an executor, one after the other and in
/// order. When too much waits, the endpoint is to stop receiving: so a slow listener slows its
/// peers, and loses nothing.
final class ListenerExecutor {
    /// Then another task of the executor gets a turn.
    private static final int EVENTS_PER_TASK = 256;

    private final Executor executor;
    private final CommandQueue commands;
    private final CommandQueue.Consumer consumer;
    private final Consumer<Throwable> onRefusal;
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final Runnable task = this::work;

    /// Carries events.
    ///
    /// @param consumer gets the messages; it always takes them
    /// @param onRefusal called each time that the executor takes no task, by the thread that gave it, while no
    ///     event is handled
    /// @param wakeup called when the endpoint may receive again
    ListenerExecutor(
            Executor executor,
            EndpointOptions.Queue bounds,
            CommandQueue.Consumer consumer,
            Consumer<Throwable> onRefusal,
            Runnable wakeup) {
        this.executor = executor;
        commands = new CommandQueue(bounds, wakeup);
        this.consumer = consumer;
        this.onRefusal = onRefusal;
    }

    void post(Runnable event) {
        boolean _ = commands.act(event); // never closed
        schedule();
    }

    void post(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        commands.put(subject, channel, payload);
        schedule();
    }

    /// Asked at least once a second while something waits: submits what the executor has refused before.
    boolean hasRoom() {
        if (!commands.isEmpty() && !isScheduled.get()) {
            schedule();
        }
        return !commands.isFull();
    }

    private void schedule() {
        if (isScheduled.compareAndSet(false, true)) {
            submit();
        }
    }

    private void submit() {
        try {
            executor.execute(task);
        } catch (Throwable e) { // a user's: it is being shut down, or fails; hasRoom tries again
            onRefusal.accept(e);
            isScheduled.set(false);
        }
    }

    private void work() {
        int done = commands.drain(consumer, EVENTS_PER_TASK);
        if (done == EVENTS_PER_TASK) {
            submit();
            return;
        }
        isScheduled.set(false);
        if (!commands.isEmpty()) { // something came after the last look
            schedule();
        }
    }
}
