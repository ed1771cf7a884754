package dev.pitot.engine.interval;

import dev.pitot.engine.stream.CounterSnapshot;
import dev.pitot.engine.stream.DataStream;
import java.time.Duration;

/// Stream with settable counters.
public final class FakeStream implements DataStream {
    private CounterSnapshot snapshot = CounterSnapshot.NOTHING;
    private final Runnable onStop;
    private final Runnable transfer;
    private int restarts;

    public FakeStream() {
        this(() -> {});
    }

    /// @param onStop called by each stop
    public FakeStream(Runnable onStop) {
        this(onStop, () -> {});
    }

    /// @param onStop called by each stop
    /// @param transfer what the stream's thread does
    public FakeStream(Runnable onStop, Runnable transfer) {
        this.onStop = onStop;
        this.transfer = transfer;
    }

    /// Adds bytes.
    void move(long bytes) {
        read(CounterSnapshot.ofBytes(snapshot.bytes() + bytes));
    }

    /// Sets the counters.
    void read(CounterSnapshot next) {
        snapshot = next;
    }

    /// Number of calls of `startCounting`.
    int restarts() {
        return restarts;
    }

    @Override
    public void transfer(long startNanos) {
        transfer.run();
    }

    @Override
    public void stop() {
        onStop.run();
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
    public CounterSnapshot snapshot() {
        return snapshot;
    }
}
