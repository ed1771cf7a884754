package dev.pitot.engine.interval;

import dev.pitot.engine.stream.DataStream;
import dev.pitot.engine.stream.Reading;
import java.time.Duration;

/// Stream with settable counters.
final class FakeStream implements DataStream {
    private Reading reading = Reading.NOTHING;
    private int restarts;

    /// Adds bytes.
    void move(long bytes) {
        read(Reading.ofBytes(reading.bytes() + bytes));
    }

    /// Sets the counters.
    void read(Reading next) {
        reading = next;
    }

    /// Number of calls of `startCounting`.
    int restarts() {
        return restarts;
    }

    @Override
    public void transfer(long startNanos) {
        // There is no connection.
    }

    @Override
    public void stop() {
        // It was never started.
    }

    @Override
    public boolean isStopped() {
        return false;
    }

    @Override
    public Duration blocked() {
        return Duration.ZERO;
    }

    @Override
    public void startCounting() {
        restarts++;
    }

    @Override
    public Reading reading() {
        return reading;
    }
}
