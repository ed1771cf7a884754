package dev.pitot.engine;

import dev.pitot.model.time.NanoClock;

/// The machine's monotonic clock. The only place that reads it.
enum SystemClock implements NanoClock {
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
