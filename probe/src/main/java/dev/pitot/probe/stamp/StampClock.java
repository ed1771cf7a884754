package dev.pitot.probe.stamp;

import dev.pitot.model.time.NanoClock;
import java.time.Instant;
import java.time.InstantSource;

/// The time of day as a sender needs it: read once, and from then on counted by the monotonic clock, so that
/// nobody who sets the time of day in between changes a measurement. For one thread.
final class StampClock {
    private static final long NANOS = 1_000_000_000;
    private static final long STEP_NANOS = 1_000_000; // less is reading the two clocks one after the other
    private static final long SLEW = 2_000; // 500 ppm of the time that has passed: a clock that is only adjusted

    private final NanoClock monotonic;
    private final InstantSource wall;
    private final long beginNanos;
    private final long beginWall;

    StampClock(NanoClock monotonic, InstantSource wall) {
        this.monotonic = monotonic;
        this.wall = wall;
        beginWall = nanos(wall.instant());
        beginNanos = monotonic.nanoTime();
    }

    /// Returns the machine's clock.
    static StampClock system() {
        return new StampClock(System::nanoTime, InstantSource.system());
    }

    /// Returns nanoseconds since 1970.
    long now() {
        return beginWall + (monotonic.nanoTime() - beginNanos);
    }

    /// Returns by how many nanoseconds the time of day was set since the beginning; 0 if it was not.
    long step() {
        long now = now();
        long step = nanos(wall.instant()) - now;
        return Math.abs(step) <= STEP_NANOS + (now - beginWall) / SLEW ? 0 : step;
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS + time.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
