package dev.pitot.engine;

import dev.pitot.model.time.NanoClock;

/// Monotonic clock of the host. The only class that reads it. Any thread may use it.
public enum SystemClock implements NanoClock {
    /// The only instance.
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
