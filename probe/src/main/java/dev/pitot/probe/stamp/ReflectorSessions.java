package dev.pitot.probe.stamp;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The counts of a reflector's sessions: 1024 at most, forgotten after 15 minutes without a packet (RFC
/// 5357's REFWAIT), or after 10 s if another needs the place. For one thread.
final class ReflectorSessions {
    static final int MAX_SESSIONS = 1024;

    private static final long SECOND = 1_000_000_000;
    private static final long IDLE_NANOS = 900 * SECOND;
    private static final long MIN_IDLE_NANOS = 10 * SECOND;
    private static final float LOAD = 0.75f;

    private final Map<Sender, Count> sessions = new LinkedHashMap<>(MAX_SESSIONS, LOAD, true);

    /// A sender and its session.
    private record Sender(InetSocketAddress address, int session) {}

    /// A count, and when it was used.
    private static final class Count {
        private int next;
        private long used;
    }

    /// Returns the number of the next answer to a sender; -1 if there is no place for its session.
    int next(InetSocketAddress address, int session, long now) {
        drop(now, IDLE_NANOS);
        var sender = new Sender(address, session);
        Count count = sessions.get(sender);
        if (count == null) {
            if (sessions.size() >= MAX_SESSIONS) {
                drop(now, MIN_IDLE_NANOS);
            }
            if (sessions.size() >= MAX_SESSIONS) {
                return -1;
            }
            count = new Count();
            sessions.put(sender, count);
        }
        count.used = now;
        int number = count.next;
        count.next = (number + 1) & Integer.MAX_VALUE;
        return number;
    }

    private void drop(long now, long idleNanos) {
        Iterator<Count> eldest = sessions.values().iterator();
        while (eldest.hasNext() && now - eldest.next().used > idleNanos) {
            eldest.remove();
        }
    }

    int size() {
        return sessions.size();
    }
}
