package dev.pitot.wire.datagram;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Times of the datagram header's methods on a direct buffer, as sockets use it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DatagramHeaderBenchmark {
    private static final int UDP_BYTES = 65_507; // the longest payload over IPv4 (RFC 768, RFC 791)
    private static final int ETHERNET_BYTES = 1460;
    private static final long STEP_NANOS = 1000;

    /// Length of the sequence numbers.
    @Param({"32", "64"})
    int bits;

    private final ByteBuffer single = ByteBuffer.allocateDirect(ETHERNET_BYTES);
    private boolean wide;
    private long nanos;
    private long next = 1;

    /// A train that has arrived whole.
    @State(Scope.Thread)
    public static class Train {
        /// 44 datagrams of 1460 bytes, or 128 of 511, fill what the kernel takes or gives at once.
        @Param({"1", "44", "128"})
        int datagrams;

        private final ByteBuffer block = ByteBuffer.allocateDirect(UDP_BYTES);
        private int datagramBytes;

        @Setup
        public void fill(DatagramHeaderBenchmark header) {
            datagramBytes = Math.min(ETHERNET_BYTES, UDP_BYTES / datagrams);
            DatagramHeader.writeTrain(block, datagrams, datagramBytes, header.nanos, header.next, header.wide);
        }
    }

    @Setup
    public void fill() {
        wide = bits == Long.SIZE;
        DatagramHeader.writeTrain(single, 1, ETHERNET_BYTES, nanos, next, wide);
    }

    /// One operation is the headers of all datagrams of one train.
    @Benchmark
    public ByteBuffer writeTrain(Train train) {
        DatagramHeader.writeTrain(train.block, train.datagrams, train.datagramBytes, nanos, next, wide);
        nanos += STEP_NANOS;
        next += train.datagrams;
        return train.block;
    }

    /// One operation is the number of datagrams of one train, which is the whole block.
    @Benchmark
    public int trainLength(Train train) {
        int end = train.datagrams * train.datagramBytes;
        return DatagramHeader.trainLength(train.block, 0, end, train.datagramBytes, wide);
    }

    /// One operation is the sequence number of one datagram.
    @Benchmark
    public long sequence() {
        return DatagramHeader.sequence(single, 0, wide);
    }
}
