package dev.pitot.engine.interval;

import dev.pitot.engine.stream.DataStream;
import dev.pitot.engine.stream.Reading;
import java.time.Duration;

/// A stream that has counted whatever it is told.
final class FakeStream implements DataStream {
    private Reading reading = Reading.NOTHING;
    private int restarts;

    /// More bytes.
    void move(long bytes) {
        read(Reading.ofBytes(reading.bytes() + bytes));
    }

    /// The figures from now on.
    void read(Reading next) {
        reading = next;
    }

    /// How often counting has begun.
    int restarts() {
        return restarts;
    }

    @Override
    public void transfer(long startNanos) {
        // There is no connection.
    }

    @Override
    public void stop() {
        // It never began.
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
