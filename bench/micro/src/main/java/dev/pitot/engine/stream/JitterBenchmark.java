package dev.pitot.engine.stream;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Time of [Jitter#onTrain] for datagrams whose transit time changes from train to train.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class JitterBenchmark {
    private static final long STEP_NANOS = 11_680; // 1460 bytes at 1 Gbit/s
    private static final long SPREAD_MASK = 0xFFF; // transit times differ by 4 µs at most

    /// Datagrams of a train.
    @Param({"1", "44", "128"})
    int datagrams;

    private final Jitter jitter = new Jitter();
    private long sentNanos;

    /// One operation is one train, and the jitter after it.
    @Benchmark
    public double onTrain() {
        sentNanos += STEP_NANOS;
        jitter.onTrain(sentNanos, sentNanos + (sentNanos & SPREAD_MASK), datagrams);
        return jitter.seconds();
    }
}
