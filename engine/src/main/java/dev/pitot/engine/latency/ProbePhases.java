package dev.pitot.engine.latency;

import dev.pitot.model.config.TestConfig;
import dev.pitot.model.time.NanoClock;

/// Phases of a test, as the session's thread enters them and a probe's thread reads them. Any thread.
public final class ProbePhases {
    private final NanoClock clock;
    private final long baseNanos;
    private final long cutNanos;
    // nanoseconds since base
    private volatile long idleEnd = Long.MAX_VALUE;
    private volatile long loadStart = Long.MAX_VALUE;
    private volatile long loadEnd = Long.MAX_VALUE;

    /// Phase that a probe belongs to by the time of its sending.
    public enum Phase {
        /// Before the streams are opened.
        IDLE,
        /// The streams are being opened, or their queues are filling.
        BETWEEN,
        /// The streams transfer data.
        LOADED,
        /// They have ended.
        AFTER
    }

    /// Returns the phases of a test, of which the beginning of the load does not count.
    public static ProbePhases of(TestConfig test, NanoClock clock) {
        return new ProbePhases(clock, LatencyMeter.cutNanos(test));
    }

    /// @param cutNanos beginning of the load that does not count
    ProbePhases(NanoClock clock, long cutNanos) {
        this.clock = clock;
        this.cutNanos = cutNanos;
        baseNanos = clock.nanoTime();
    }

    /// Time since these phases were made, in nanoseconds.
    public long now() {
        return clock.nanoTime() - baseNanos;
    }

    /// Ends the phase before the streams are opened.
    public void endIdle() {
        idleEnd = now();
    }

    /// Begins the load.
    public void startLoad() {
        idleEnd = Math.min(idleEnd, now());
        loadStart = now();
    }

    /// Ends the load. A second call changes nothing.
    public void endLoad() {
        if (loadEnd == Long.MAX_VALUE) {
            idleEnd = Math.min(idleEnd, now());
            loadStart = Math.min(loadStart, now());
            loadEnd = now();
        }
    }

    /// Returns the time since the load has ended; −1 before.
    public long sinceLoad(long atNanos) {
        long end = loadEnd;
        return end == Long.MAX_VALUE ? -1 : atNanos - end;
    }

    /// Phase at a time.
    ///
    /// @param atNanos since these phases were made, now or earlier
    public Phase at(long atNanos) {
        if (atNanos < idleEnd) {
            return Phase.IDLE;
        }
        long start = loadStart;
        if (atNanos < start || (atNanos - start < cutNanos && atNanos < loadEnd)) {
            return Phase.BETWEEN;
        }
        return atNanos < loadEnd ? Phase.LOADED : Phase.AFTER;
    }
}
