package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Carries what an endpoint's thread has to tell to an executor, one after the other and in
/// order. When too much waits, the endpoint is to stop receiving: so a slow listener slows its
/// peers, and loses nothing.
final class Callbacks {
    /// Then another task of the executor gets a turn.
    private static final int EVENTS_PER_TASK = 256;

    private final Executor executor;
    private final Mailbox mailbox;
    private final Mailbox.Taker taker;
    private final Runnable wakeup;
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final Runnable task = this::work;

    /// Carries events.
    ///
    /// @param taker gets the messages; it always takes them
    /// @param wakeup called when the endpoint may receive again
    Callbacks(Executor executor, EndpointOptions.Queue bounds, Mailbox.Taker taker, Runnable wakeup) {
        this.executor = executor;
        mailbox = new Mailbox(bounds);
        this.taker = taker;
        this.wakeup = wakeup;
    }

    void tell(Runnable event) {
        mailbox.act(event);
        schedule();
    }

    void tell(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        mailbox.put(subject, channel, payload);
        schedule();
    }

    boolean hasRoom() {
        return !mailbox.isFull();
    }

    private void schedule() {
        if (isScheduled.compareAndSet(false, true)) {
            submit();
        }
    }

    private void submit() {
        try {
            executor.execute(task);
        } catch (Throwable _) { // a user's: it is being shut down, or fails; what comes next tries again
            isScheduled.set(false);
        }
    }

    private void work() {
        boolean wasFull = mailbox.isFull();
        int done = mailbox.drain(taker, EVENTS_PER_TASK);
        if (wasFull && !mailbox.isFull()) {
            wakeup.run();
        }
        if (done == EVENTS_PER_TASK) {
            submit();
            return;
        }
        isScheduled.set(false);
        if (!mailbox.isEmpty()) { // something came after the last look
            schedule();
        }
    }
}
