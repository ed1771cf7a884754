package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.Patience;
import dev.pitot.socket.TcpConnection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Connections that belong to no test yet, in the order of their last step: accepted, or cookie
/// shown. When all places are taken, a new connection gets the place of the oldest that had its
/// time for the next step. So connections that say nothing keep nobody out, whatever their
/// number: they only make each other leave sooner. Safe for any thread.
final class PendingConnections {
    /// Places. Each has a thread.
    static final int MAX = 256;

    /// The time for the next step that every connection has. A cookie comes right behind its
    /// connection. With this, a server under attack looks at 1,024 connections a second.
    static final Duration MIN_TIME = Duration.ofMillis(250);

    /// The most that a connection with a long round trip has.
    static final Duration MAX_TIME = Duration.ofSeconds(2);

    /// Connections that have lost their place and whose thread has not noticed yet.
    private static final int MAX_LEAVING = 64;

    /// A request and its answer, and once more: the first may be lost.
    private static final int ROUND_TRIPS = 2;

    private final NanoClock clock;
    private final SequencedMap<Arrival<TcpConnection>, Step> steps = new LinkedHashMap<>(); // guarded by this
    private final Set<Arrival<TcpConnection>> leaving = new HashSet<>(); // guarded by this

    /// @param nanos time for the next one
    private record Step(long sinceNanos, long nanos) {
        long nanosLeft(long nowNanos) {
            return nanos - (nowNanos - sinceNanos);
        }
    }

    PendingConnections(NanoClock clock) {
        this.clock = clock;
    }

    /// Gives a new connection a place, waiting for one if need be. Whoever comes in has to
    /// [#leave] again.
    ///
    /// @throws IOException if `patience` ends first
    synchronized void admit(Arrival<TcpConnection> newcomer, Patience patience) throws IOException {
        while (steps.size() >= MAX) {
            int sliceMillis = patience.nextSliceMillis();
            long nanos = leaving.size() < MAX_LEAVING ? dismissOldest() : Long.MAX_VALUE;
            if (nanos > 0) {
                try {
                    wait(Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1, sliceMillis));
                } catch (InterruptedException _) { // told to the caller
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted");
                }
            }
        }
        steps.put(newcomer, new Step(clock.nanoTime(), MIN_TIME.toNanos()));
    }

    /// A connection has made a step, which makes it the youngest.
    ///
    /// @param roundTrip of the connection, as far as it is known
    synchronized void advance(Arrival<TcpConnection> stranger, Duration roundTrip) {
        if (steps.remove(stranger) != null) {
            long nanos = Math.clamp(roundTrip.toNanos() * ROUND_TRIPS, MIN_TIME.toNanos(), MAX_TIME.toNanos());
            steps.put(stranger, new Step(clock.nanoTime(), nanos));
        }
    }

    /// A connection is no longer pending.
    ///
    /// @return whether it still had its place; if not, it has been shut down
    synchronized boolean leave(Arrival<TcpConnection> stranger) {
        boolean hadPlace = steps.remove(stranger) != null;
        leaving.remove(stranger);
        notifyAll();
        return hadPlace;
    }

    /// Takes the place of the oldest connection that had its time.
    ///
    /// @return nanoseconds until one will have had it; 0 or less if one has given way
    private long dismissOldest() {
        long now = clock.nanoTime();
        long soonest = Long.MAX_VALUE;
        for (Map.Entry<Arrival<TcpConnection>, Step> entry : steps.entrySet()) {
            soonest = Math.min(soonest, entry.getValue().nanosLeft(now));
            if (soonest <= 0) {
                Arrival<TcpConnection> oldest = entry.getKey();
                steps.remove(oldest);
                leaving.add(oldest);
                oldest.connection().shutdown(); // its thread wakes up
                return soonest;
            }
        }
        return soonest;
    }
}
