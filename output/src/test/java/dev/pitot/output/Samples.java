package dev.pitot.output;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.result.Total;
import dev.pitot.model.time.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Small tests that no golden file covers.
@NullMarked
public final class Samples {
    /// Stream used by all single-stream tests.
    public static final StreamInfo RECEIVING = stream(5, StreamRole.RECEIVER);

    public static final StreamInfo SENDING = stream(5, StreamRole.SENDER);

    /// Two seconds.
    public static final long NANOS = 2_000_000_000;

    private static final BufferSizes BUFFERS = new BufferSizes(1, 2);

    private Samples() {}

    public static StreamInfo stream(int label, StreamRole role) {
        return new StreamInfo(1, label, role, new Endpoint("a", 1), new Endpoint("b", 2));
    }

    /// Returns the events up to the start of data transfer.
    public static List<TestEvent> opening(TestRole role, Protocol protocol, List<StreamInfo> streams) {
        return opening(role, TestConfig.builder().protocol(protocol).build(), streams);
    }

    public static List<TestEvent> opening(TestRole role, TestConfig config, List<StreamInfo> streams) {
        var setup = new TestStart.Setup(config, ReportInterval.DEFAULT);
        var start = new TestStart(role, new Endpoint("host", 5201), "cookie", Instant.EPOCH, 1448, setup);
        return List.of(
                new TestEvent.ParametersAgreed(start),
                new TestEvent.StreamsConnected(streams, BUFFERS),
                new TestEvent.Started(Instant.EPOCH));
    }

    /// Returns the sender's total: 10 datagrams of 100 bytes.
    public static Total sent() {
        return new Total(1000, NANOS, null, new Datagrams(10, null));
    }

    /// Returns the receiver's total for the same datagrams.
    public static Total received(Datagrams.Reception reception) {
        return new Total(900, NANOS, null, new Datagrams(10, reception));
    }

    /// Returns the events at the end of a test with streams in one direction, whose sums are those
    /// of the first stream.
    public static List<TestEvent> closing(List<Summary.OfStream> streams) {
        return closing(streams, null);
    }

    /// Returns the events at the end of a test with more evidence than iperf's totals.
    public static List<TestEvent> closing(List<Summary.OfStream> streams, @Nullable Evidence evidence) {
        Summary.OfStream first = streams.getFirst();
        var direction = new Summary.OfDirection(first.stream().role(), first.sent(), first.received());
        var cpu = new CpuUsage(1, 2, 3);
        var summary = new Summary(streams, List.of(direction), cpu, null, new Summary.Congestion(null, null), evidence);
        var report = new TestReport(null, List.of(), null, summary, null);
        return List.of(
                new TestEvent.SummaryReady(report),
                new TestEvent.Finished(new Outcome(report, new Ending.Completed())));
    }

    /// Returns evidence of round trips of 51 ms while the local end sent, over a path of 1 ms.
    public static Evidence evidence() {
        var idle = new RoundTripStatistics(
                LatencyMethod.CONNECT, 2, 1000, 1000, RoundTripStatistics.Percentiles.NONE, 1000);
        var loaded = new RoundTripStatistics(
                LatencyMethod.KERNEL_SMOOTHED,
                300,
                51_000,
                51_000,
                new RoundTripStatistics.Percentiles(51_000.0, 51_000.0, null),
                51_000);
        var direction = DirectionLatency.of(StreamRole.SENDER, List.of(loaded), "");
        return new Evidence(
                new Latency(List.of(idle), List.of(direction)), List.of(), List.of(), new Evidence.Hosts(null, null));
    }

    public static Summary.OfStream total(StreamInfo stream, @Nullable Total sent, @Nullable Total received) {
        return new Summary.OfStream(stream, sent, received, null, null);
    }

    /// Returns one interval of one stream that receives datagrams.
    public static TestEvent interval(long index, Datagrams.Reception reception) {
        var span = new Span(index * NANOS, (index + 1) * NANOS);
        var datagrams = new Datagrams(10, reception);
        var part = new Interval.OfStream(RECEIVING, span, 900, null, datagrams, null);
        var sum = new Interval.Sum(StreamRole.RECEIVER, span, 900, null, datagrams);
        return new TestEvent.IntervalDone(new Interval(List.of(part), List.of(sum), false));
    }
}
