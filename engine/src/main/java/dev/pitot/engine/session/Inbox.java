package dev.pitot.engine.session;

import dev.pitot.wire.control.ControlMessage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What waits for a session's attention. Any thread puts, the session's thread takes. Holds few
/// things: messages of the peer wait outside when [#MAX_MESSAGES] have not been taken, and
/// everything else happens a few times per stream at most.
public final class Inbox {
    /// Messages of the peer that may wait; no honest peer has more than three under way.
    private static final int MAX_MESSAGES = 4;

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MAX_MESSAGES);

    public void put(Event event) {
        events.add(event);
    }

    /// Puts a message of the peer as soon as there is room.
    ///
    /// @return false if there was none for `millis`
    boolean offer(ControlMessage message, long millis) throws InterruptedException {
        boolean hasRoom = room.tryAcquire(millis, TimeUnit.MILLISECONDS);
        if (hasRoom) {
            events.add(new Event.Message(message));
        }
        return hasRoom;
    }

    /// The next event, or null if none came within `nanos`.
    public @Nullable Event poll(long nanos) throws InterruptedException {
        Event event = events.poll(nanos, TimeUnit.NANOSECONDS);
        if (event instanceof Event.Message) {
            room.release();
        }
        return event;
    }

    /// What waits longest, or null; it stays. Only the session's thread.
    public @Nullable Event peek() {
        return events.peek();
    }

    /// A connection that arrived and that nobody will take any more, or null if there is none.
    /// What else waits is forgotten: for a session that is over.
    public @Nullable Arrival<?> pollArrival() {
        for (Event event = events.poll(); event != null; event = events.poll()) {
            if (event instanceof Event.StreamArrived(var arrival)) {
                return arrival;
            }
        }
        return null;
    }
}
