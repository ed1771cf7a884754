package dev.pitot.lab.time;

import dev.pitot.model.time.NanoClock;

/// The machine's monotonic clock. The only place of the module that reads it. Any thread may use
/// it.
public final class MachineClock implements NanoClock {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
