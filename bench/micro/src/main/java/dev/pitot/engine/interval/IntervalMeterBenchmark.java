package dev.pitot.engine.interval;

import dev.pitot.engine.stream.CountedStream;
import dev.pitot.engine.stream.IdleConnection;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

/// Time of [IntervalMeter#lookIfDue] at the end of an interval, on a receiver of datagrams. It is not part of the
/// hot loop: the session's thread calls it once an interval, and it allocates the interval's values. No system
/// calls are in it, which for TCP would read the kernel's TCP_INFO.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class IntervalMeterBenchmark {
    private static final ReportInterval EACH_SECOND = ReportInterval.DEFAULT;

    /// Number of streams whose counters are read; 128 is iperf's limit (iperf.h: MAX_STREAMS).
    @Param({"1", "128"})
    int streams;

    private IntervalMeter meter = meterOf(1);
    private long nowNanos;

    @Setup
    public void start() {
        meter = meterOf(streams);
        nowNanos = 0;
        meter.start(nowNanos);
    }

    /// One operation is one reading of all streams: their values, and the sums.
    @Benchmark
    public @Nullable Interval reading() {
        nowNanos += EACH_SECOND.length().toNanos();
        return meter.lookIfDue(nowNanos);
    }

    private static IntervalMeter meterOf(int streams) {
        List<OpenStream> open = IntStream.rangeClosed(1, streams)
                .mapToObj(id -> new OpenStream(info(id), new IdleConnection(), new CountedStream(), null))
                .toList();
        return new IntervalMeter(open, Protocol.UDP, EACH_SECOND, 0, Long.MAX_VALUE);
    }

    private static StreamInfo info(int id) {
        return new StreamInfo(
                id, id + 4, StreamRole.RECEIVER, new Endpoint("192.0.2.1", 5201), new Endpoint("192.0.2.2", 5201));
    }
}
