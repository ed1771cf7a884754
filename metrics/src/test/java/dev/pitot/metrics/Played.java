package dev.pitot.metrics;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.result.Total;
import dev.pitot.model.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Events of small tests. Intervals last a second; 1000 bytes in the first, 3000 in the second, and
/// so on.
@NullMarked
public final class Played {
    /// Time at which data transfer starts.
    public static final Instant BEGAN = Instant.ofEpochSecond(1_767_225_600);

    private static final long SECOND = 1_000_000_000;
    private static final Endpoint HERE = new Endpoint("10.0.0.1", 40_000);
    private static final Endpoint THERE = new Endpoint("10.0.0.2", 5201);

    private Played() {}

    /// Sends all events to a listener.
    public static void to(TestListener listener, List<TestEvent> events) {
        events.forEach(listener::onEvent);
    }

    public static StreamInfo stream(StreamRole role) {
        return new StreamInfo(1, 5, role, HERE, THERE);
    }

    public static TestStart start(TestRole role, Protocol protocol) {
        TestConfig config = TestConfig.builder()
                .protocol(protocol)
                .blockBytes(1000)
                .title("a \"title\"")
                .build();
        var setup = new TestStart.Setup(config, ReportInterval.DEFAULT);
        return new TestStart(
                role, new Endpoint("lab", 5201), "abcdefghijklmnopqrstuvwxyz0123456789", BEGAN, 1448, setup);
    }

    public static List<TestEvent> opening(TestRole role, Protocol protocol, StreamRole direction) {
        return List.of(
                new TestEvent.ParametersAgreed(start(role, protocol)),
                new TestEvent.StreamsConnected(List.of(stream(direction)), new BufferSizes(1, 2)),
                new TestEvent.Started(BEGAN));
    }

    /// Returns a TCP client that sends for the given number of seconds.
    public static List<TestEvent> tcp(int seconds) {
        List<TestEvent> events = new ArrayList<>(opening(TestRole.CLIENT, Protocol.TCP, StreamRole.SENDER));
        for (int second = 0; second < seconds; second++) {
            events.add(tcpInterval(second, false));
        }
        events.addAll(closing(new Ending.Completed()));
        return events;
    }

    public static TestEvent tcpInterval(int second, boolean omitted) {
        Interval.OfStream part = sent(second);
        var sum = new Interval.Sum(StreamRole.SENDER, part.span(), part.bytes(), 2L, null);
        return new TestEvent.IntervalDone(new Interval(List.of(part), List.of(sum), omitted));
    }

    private static Interval.OfStream sent(int second) {
        var tcp = new TcpSample(
                2, new TcpSample.SendWindow(65_536, 0), new TcpSample.RoundTrip(213, 51), 1500, 3L * (second + 1));
        return new Interval.OfStream(stream(StreamRole.SENDER), span(second), bytes(second), tcp, null, null);
    }

    /// Returns a TCP client that sends and receives for one second.
    public static List<TestEvent> bidirectional() {
        Interval.OfStream sent = sent(0);
        var receiving = new StreamInfo(3, 7, StreamRole.RECEIVER, HERE, THERE);
        var received = new Interval.OfStream(receiving, span(0), 500, null, null, null);
        var sums = List.of(
                new Interval.Sum(StreamRole.SENDER, span(0), sent.bytes(), 2L, null),
                new Interval.Sum(StreamRole.RECEIVER, span(0), 500, null, null));
        List<TestEvent> events = new ArrayList<>(opening(TestRole.CLIENT, Protocol.TCP, StreamRole.SENDER));
        events.add(new TestEvent.IntervalDone(new Interval(List.of(sent, received), sums, false)));
        events.addAll(closing(new Ending.Completed()));
        return events;
    }

    /// Returns one second of a UDP test, at a client that sends or a server that receives.
    public static List<TestEvent> udp(StreamRole role) {
        boolean isSender = role.isSender();
        Datagrams.Reception reception = isSender ? null : new Datagrams.Reception(1L, 2, 3, 0.000_004);
        var datagrams = new Datagrams(10, reception);
        var part = new Interval.OfStream(stream(role), span(0), 1000, null, datagrams, null);
        var sum = new Interval.Sum(role, span(0), 1000, null, datagrams);
        List<TestEvent> events =
                new ArrayList<>(opening(isSender ? TestRole.CLIENT : TestRole.SERVER, Protocol.UDP, role));
        events.add(new TestEvent.IntervalDone(new Interval(List.of(part), List.of(sum), false)));
        events.addAll(closing(new Ending.Completed()));
        return events;
    }

    private static Span span(int second) {
        return new Span(second * SECOND, (second + 1) * SECOND);
    }

    private static long bytes(int second) {
        return 1000L + 2000L * second;
    }

    public static List<TestEvent> closing(Ending ending) {
        var sent = new Total(4000, 2 * SECOND, 4L);
        var received = new Total(3900, 2 * SECOND, null, new Datagrams(40, new Datagrams.Reception(1L, 0, 0, 0.5)));
        var direction = new Summary.OfDirection(StreamRole.SENDER, sent, received);
        var summary = new Summary(
                List.of(),
                List.of(direction),
                new CpuUsage(1, 2, 3),
                null,
                new Summary.Congestion("cubic", null),
                null);
        return List.of(new TestEvent.Finished(outcome(ending, summary)));
    }

    public static Outcome outcome(Ending ending, @Nullable Summary summary) {
        TestStart start = start(TestRole.CLIENT, Protocol.TCP);
        return new Outcome(new TestReport(start, List.of(), null, summary, null), ending);
    }
}
