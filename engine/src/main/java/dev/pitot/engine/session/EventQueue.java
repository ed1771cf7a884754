package dev.pitot.engine.session;

import dev.pitot.wire.control.ControlMessage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Queue of events for one session. Any thread puts events, the session's thread takes them. Stays short:
/// messages of the peer wait outside when [#MAX_MESSAGES] are queued, and all other events occur a few
/// times per stream at most.
public final class EventQueue {
    /// Maximum number of queued messages of the peer; a well-behaved peer never has more than three in
    /// flight.
    private static final int MAX_MESSAGES = 4;

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MAX_MESSAGES);

    public void put(Event event) {
        events.add(event);
    }

    /// Puts a message of the peer as soon as there is space.
    ///
    /// @return false if there was none within `millis`
    boolean offer(ControlMessage message, long millis) throws InterruptedException {
        boolean hasRoom = room.tryAcquire(millis, TimeUnit.MILLISECONDS);
        if (hasRoom) {
            events.add(new Event.Message(message));
        }
        return hasRoom;
    }

    int size() {
        return events.size();
    }

    /// Returns the next event, or null if none came within `nanos`.
    public @Nullable Event poll(long nanos) throws InterruptedException {
        Event event = events.poll(nanos, TimeUnit.NANOSECONDS);
        if (event instanceof Event.Message) {
            room.release();
        }
        return event;
    }

    /// Removes and returns a connection that nothing will use any more, or null if there is none. Other
    /// events are discarded: for a session that is over.
    public @Nullable AcceptedConnection<?> pollAccepted() {
        for (Event event = events.poll(); event != null; event = events.poll()) {
            if (event instanceof Event.StreamArrived(var accepted)) {
                return accepted;
            }
        }
        return null;
    }
}
