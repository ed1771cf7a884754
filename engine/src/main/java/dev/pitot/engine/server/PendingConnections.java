package dev.pitot.engine.server;

import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Connections that do not belong to a test yet, in the order of their last step: accepted, or cookie
/// received. When all slots are taken, a new connection evicts the oldest one whose time for the next
/// step is over. Silent connections thus do not keep out others, however many they are: they only shorten
/// each other's time. Safe for any thread.
final class PendingConnections {
    /// Number of slots. Each has a thread.
    static final int MAX = 256;

    /// Minimum time for the next step of a connection. A cookie follows its connection at once. With this
    /// value, a server under attack checks 1,024 connections per second.
    static final Duration MIN_TIME = Duration.ofMillis(250);

    /// Maximum time, for a connection with a long round-trip time.
    static final Duration MAX_TIME = Duration.ofSeconds(2);

    /// Maximum number of evicted connections whose thread has not ended yet.
    private static final int MAX_LEAVING = 64;

    /// A request and its answer, twice: the first may be lost.
    private static final int ROUND_TRIPS = 2;

    private final NanoClock clock;
    private final SequencedMap<AcceptedConnection<TcpConnection>, Step> steps =
            new LinkedHashMap<>(); // guarded by this
    private final Set<AcceptedConnection<TcpConnection>> leaving = new HashSet<>(); // guarded by this

    /// @param nanos time for the next step
    private record Step(long sinceNanos, long nanos) {
        long nanosLeft(long nowNanos) {
            return nanos - (nowNanos - sinceNanos);
        }
    }

    PendingConnections(NanoClock clock) {
        this.clock = clock;
    }

    /// Gives a new connection a slot, waiting for one if necessary. The caller has to call [#leave]
    /// later.
    ///
    /// @throws IOException after the timeout
    synchronized void admit(AcceptedConnection<TcpConnection> newcomer, WaitPolicy waitPolicy) throws IOException {
        while (steps.size() >= MAX) {
            int sliceMillis = waitPolicy.nextSliceMillis();
            long nanos = leaving.size() < MAX_LEAVING ? dismissOldest() : Long.MAX_VALUE;
            if (nanos > 0) {
                try {
                    wait(Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1, sliceMillis));
                } catch (InterruptedException _) { // restored for the caller
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted");
                }
            }
        }
        steps.put(newcomer, new Step(clock.nanoTime(), MIN_TIME.toNanos()));
    }

    /// Records a step of a connection, which makes it the youngest.
    ///
    /// @param roundTrip of the connection, if known
    synchronized void advance(AcceptedConnection<TcpConnection> sender, Duration roundTrip) {
        if (steps.remove(sender) != null) {
            long nanos = Math.clamp(roundTrip.toNanos() * ROUND_TRIPS, MIN_TIME.toNanos(), MAX_TIME.toNanos());
            steps.put(sender, new Step(clock.nanoTime(), nanos));
        }
    }

    /// Removes a connection that is no longer pending.
    ///
    /// @return true if it still had its slot; if not, it has been shut down
    synchronized boolean leave(AcceptedConnection<TcpConnection> sender) {
        boolean hadPlace = steps.remove(sender) != null;
        leaving.remove(sender);
        notifyAll();
        return hadPlace;
    }

    /// Evicts the oldest connection if its time is over.
    ///
    /// @return nanoseconds until one can be evicted; 0 or less if one was
    private long dismissOldest() {
        long now = clock.nanoTime();
        long soonest = Long.MAX_VALUE;
        for (Map.Entry<AcceptedConnection<TcpConnection>, Step> entry : steps.entrySet()) {
            soonest = Math.min(soonest, entry.getValue().nanosLeft(now));
            if (soonest <= 0) {
                AcceptedConnection<TcpConnection> oldest = entry.getKey();
                steps.remove(oldest);
                leaving.add(oldest);
                oldest.connection().shutdown(); // its thread wakes up
                return soonest;
            }
        }
        return soonest;
    }
}
