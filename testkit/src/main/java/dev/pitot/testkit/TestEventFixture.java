package dev.pitot.testkit;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.result.Total;
import dev.pitot.model.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Synthetic test events for listeners: one stream, in one direction, with an interval each second
/// and values chosen by the caller. Each call returns the next event; for one thread.
public final class TestEventFixture {
    /// Length of each interval.
    public static final long INTERVAL_NANOS = 1_000_000_000;

    private static final int FIRST_LABEL = 5;
    private static final int MSS = 1448;

    private final TestStart start;
    private final StreamInfo stream;
    private int intervals;

    /// Creates a test.
    ///
    /// @param role role of this end
    /// @param direction role of this end in the stream
    public TestEventFixture(TestRole role, StreamRole direction, Protocol protocol) {
        var setup = new TestStart.Setup(TestConfig.builder().protocol(protocol).build(), ReportInterval.DEFAULT);
        var peer = new Endpoint("192.0.2.1", Endpoint.DEFAULT_PORT);
        start = new TestStart(role, peer, "cookie", Instant.EPOCH, MSS, setup);
        stream = new StreamInfo(1, FIRST_LABEL, direction, new Endpoint("192.0.2.2", 40_000), peer);
    }

    /// Returns the events up to the start of data transfer.
    public List<TestEvent> opening() {
        return List.of(
                new TestEvent.ParametersAgreed(start),
                new TestEvent.StreamsConnected(List.of(stream), new BufferSizes(1, 2)),
                new TestEvent.Started(Instant.EPOCH));
    }

    /// Returns the next interval of a TCP sender.
    public TestEvent sent(long bytes, TcpSample tcp) {
        return interval(bytes, tcp, null, null, false);
    }

    /// Returns the next interval of a TCP stream with all values of the kernel.
    ///
    /// @param tcp iperf's values; null at a receiver
    public TestEvent sampled(long bytes, @Nullable TcpSample tcp, KernelValues<TcpField> kernel) {
        return interval(bytes, tcp, null, kernel, false);
    }

    /// Returns the next interval.
    public TestEvent moved(long bytes, @Nullable Datagrams datagrams) {
        return interval(bytes, null, datagrams, null, false);
    }

    /// Returns the next interval of the warm-up.
    public TestEvent warmUp(long bytes) {
        return interval(bytes, null, null, null, true);
    }

    private TestEvent interval(
            long bytes,
            @Nullable TcpSample tcp,
            @Nullable Datagrams datagrams,
            @Nullable KernelValues<TcpField> kernel,
            boolean omitted) {
        var span = new Span(intervals * INTERVAL_NANOS, (intervals + 1) * INTERVAL_NANOS);
        intervals++;
        Long retransmits = tcp == null ? null : tcp.retransmits();
        var part = new Interval.OfStream(stream, span, bytes, tcp, datagrams, kernel);
        var sum = new Interval.Sum(stream.role(), span, bytes, retransmits, datagrams);
        return new TestEvent.IntervalDone(new Interval(List.of(part), List.of(sum), omitted));
    }

    /// Returns the events at the end of the test.
    ///
    /// @param sent total of the sender; null if unknown
    /// @param received total of the receiver; null if unknown
    public List<TestEvent> closing(Ending ending, @Nullable Total sent, @Nullable Total received) {
        TestReport report = report(sent, received);
        return List.of(new TestEvent.SummaryReady(report), new TestEvent.Finished(new Outcome(report, ending)));
    }

    private TestReport report(@Nullable Total sent, @Nullable Total received) {
        boolean hasKernel =
                stream.role().isSender() && !start.config().protocol().isDatagram();
        var extremes = new Summary.TcpExtremes(20_000, 30_000, new Summary.RoundTrips(3000, 1000, 2000), 0);
        var total = new Summary.OfStream(stream, sent, received, hasKernel ? extremes : null, null);
        var direction = new Summary.OfDirection(stream.role(), sent, received);
        var congestion = new Summary.Congestion(null, null);
        var summary = new Summary(List.of(total), List.of(direction), new CpuUsage(3, 1, 2), null, congestion, null);
        return new TestReport(start, List.of(stream), null, summary, null);
    }

    /// Returns all events: opening, one interval with half of the bytes, end.
    ///
    /// @param bytes bytes of the whole test, an even number
    /// @return events of a completed test in which all bytes arrived
    public List<TestEvent> whole(long bytes) {
        List<TestEvent> events = new ArrayList<>(opening());
        events.add(moved(bytes / 2, null));
        var total = new Total(bytes, 2 * INTERVAL_NANOS, null);
        events.addAll(closing(new Ending.Completed(), total, total));
        return events;
    }
}
