package dev.pitot.engine.stream;

import java.time.Duration;

/// Stream that has received one datagram and transfers nothing: its counters can be read as those of a receiver.
public final class CountedStream implements DataStream {
    private static final int DATAGRAM_BYTES = 1460;

    private final DatagramCounters counters = new DatagramCounters();

    public CountedStream() {
        var tracker = new SequenceTracker();
        tracker.onTrain(1, 1, false);
        counters.onReceived(DATAGRAM_BYTES, tracker, 0, 1);
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
        // There is no warm-up.
    }

    @Override
    public CounterSnapshot snapshot() {
        return counters.read();
    }
}
