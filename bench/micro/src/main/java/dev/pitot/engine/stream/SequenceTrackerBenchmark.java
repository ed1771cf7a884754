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

/// Times of [SequenceTracker#onTrain] with sequence numbers of 32 bits, which is what iperf3 sends unless told
/// otherwise. The tracker is the same in all iterations: its numbers go on, and wrap.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SequenceTrackerBenchmark {
    private static final long LOW_BITS = 0xFFFF_FFFFL;

    private final SequenceTracker tracker = new SequenceTracker();
    private long next = 1;

    /// Length of the trains of [#trainInOrder].
    @State(Scope.Thread)
    public static class Train {
        /// 44: the datagrams of 1460 bytes that the kernel takes or gives at once; 128: the most of any
        /// length (linux/udp.h: UDP_MAX_SEGMENTS).
        @Param({"44", "128"})
        int datagrams;
    }

    /// One operation is one datagram that follows the one before.
    @Benchmark
    public long inOrder() {
        arrive(next, 1);
        next++;
        return tracker.highest();
    }

    /// One operation is one train, all of its datagrams together, that follows the one before.
    @Benchmark
    public long trainInOrder(Train train) {
        arrive(next, train.datagrams);
        next += train.datagrams;
        return tracker.highest();
    }

    /// One operation is one datagram after a gap: the one before it is lost.
    @Benchmark
    public long afterGap() {
        arrive(next + 1, 1);
        next += 2;
        return tracker.lost();
    }

    /// One operation is two datagrams in reversed order: a gap, and the late one that fills it.
    @Benchmark
    public long lateByOne() {
        arrive(next + 1, 1);
        arrive(next, 1);
        next += 2;
        return tracker.outOfOrder();
    }

    private void arrive(long first, int count) {
        tracker.onTrain(first & LOW_BITS, count, false);
    }
}
