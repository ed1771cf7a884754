package dev.pitot.engine.stream;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Times of the counters that a stream's thread updates after each call of its socket, while no other thread reads
/// them.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CountersBenchmark {
    private static final int BLOCK_BYTES = 1460;
    private static final double JITTER_SECONDS = 0.000_01;

    private final SequenceTracker tracker = new SequenceTracker();
    private final DatagramCounters datagrams = new DatagramCounters();
    private final StreamCounters stream = new StreamCounters();
    private long nowNanos;

    /// One operation is one update after datagrams were received, however many.
    @Benchmark
    public Object datagramsOnReceived() {
        datagrams.onReceived(BLOCK_BYTES, tracker, JITTER_SECONDS, nowNanos++);
        return datagrams;
    }

    /// One operation is one update after a block of a byte stream.
    @Benchmark
    public Object streamOnBytes() {
        stream.onBytes(BLOCK_BYTES);
        return stream;
    }
}
