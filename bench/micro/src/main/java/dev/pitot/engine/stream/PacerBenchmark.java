package dev.pitot.engine.stream;

import dev.pitot.model.config.Pacing;
import dev.pitot.model.unit.Bitrate;
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

/// Time of a [Pacer] for a stream of 1 Gbit/s that keeps to its rate.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PacerBenchmark {
    private static final int BLOCK_BYTES = 1460;
    private static final long BLOCK_NANOS = 11_680; // 1460 bytes at 1 Gbit/s

    private final Pacer pacer = new Pacer(new Pacing(new Bitrate(1_000_000_000), 0, Bitrate.UNLIMITED), 0);
    private long nowNanos;

    /// One operation is one block that was sent, and the time to wait before the next.
    @Benchmark
    public long onSentThenNanosUntilNext() {
        pacer.onSent(BLOCK_BYTES, 1);
        nowNanos += BLOCK_NANOS;
        return pacer.nanosUntilNext(nowNanos);
    }
}
