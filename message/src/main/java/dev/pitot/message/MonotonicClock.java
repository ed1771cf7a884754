package dev.pitot.message;

import dev.pitot.model.time.NanoClock;

/// The machine's monotonic clock. The only place of the module that reads it. Any thread may use
/// it.
final class MonotonicClock implements NanoClock {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
