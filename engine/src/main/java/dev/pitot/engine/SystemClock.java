package dev.pitot.engine;

import dev.pitot.model.time.NanoClock;

/// The machine's monotonic clock. The only place that reads it. Any thread may use it.
public enum SystemClock implements NanoClock {
    /// The one there is.
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
