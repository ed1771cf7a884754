package dev.pitot.engine.session;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.interval.IntervalMeter;
import dev.pitot.engine.latency.LatencyMeter;
import dev.pitot.engine.rehearsal.RehearsalTcpConnection;
import dev.pitot.engine.rehearsal.RehearsalUdpConnection;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.StreamThreads;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.time.NanoClock;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.Connection;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.control.ProtocolExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Rehearsal of a test before its clock starts: the same measurement with one stream of each role,
/// over connections that move blocks in memory, for a few hundred blocks. It loads and links the
/// classes of the data phase and lets the JVM compile the streams' loops, all of which would
/// otherwise take time of the test: a machine that is busy needs longer for that than for the data.
/// The calls of the sockets are rehearsed over a pair of this process, and at the end it waits for the
/// compiler. Nothing is sent, no listener is notified, and nothing is kept. Belongs to the session's thread.
final class Rehearsal {
    /// The first compiler of the JVM compiles a method after 200 calls (Tier3InvocationThreshold), which the
    /// interpreter looks at every 128 calls (Tier0InvokeNotifyFreqLog).
    private static final int BLOCKS = 300;

    private static final int MAX_BLOCK_BYTES = 1024;

    /// Above the rate of any machine: the pacer is asked and never waits.
    private static final Bitrate RATE = new Bitrate(1_000_000_000_000_000L);

    /// Time for the streams' threads. They take some hundred microseconds; on a machine without a
    /// free processor the rest is left to the test.
    private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /// Time for the JVM's first compiler; a machine without a free processor needs more. In the first test of a
    /// process there are about 20 ms of work; later it is only looked at twice, a millisecond apart.
    private static final long MAX_COMPILER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long COMPILER_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final ReportInterval INTERVAL = ReportInterval.DEFAULT;

    private final TestConfig test;
    private final SessionContext context;
    private final NanoClock clock;
    private final Map<StreamRole, OpenStream> real = new EnumMap<>(StreamRole.class);

    /// @param streams of the test that is about to start; they are asked for their kernel's values
    Rehearsal(TestConfig test, List<OpenStream> streams, SessionContext context) {
        this.test = reduced(test);
        this.context = context;
        clock = context.clock();
        streams.forEach(open -> real.putIfAbsent(open.info().role(), open));
    }

    /// Returns the test with less data and without pauses.
    private static TestConfig reduced(TestConfig test) {
        StreamSettings streams = test.streams();
        Pacing pacing = streams.pacing();
        return test.toBuilder()
                .limit(new Limit.ForBlocks(BLOCKS))
                .omit(Duration.ZERO)
                .pacing(pacing.target().isUnlimited() ? pacing : pacing.withTarget(RATE))
                .blockBytes(Math.min(streams.blockBytes(), MAX_BLOCK_BYTES))
                .build();
    }

    /// Runs it.
    void run() throws IOException, SessionFailure {
        rehearseYield();
        var limits = new TransferLimit(test, ProtocolExtension.NONE, false, () -> {});
        try (var factory = new StreamFactory(test, TestRole.CLIENT, null, context)) {
            var streams = new ArrayList<OpenStream>();
            for (OpenStream open : real.values()) {
                streams.add(factory.open(open.info(), standIn(open.connection()), limits, Duration.ZERO));
            }
            try (Measurement measurement = measurement(streams, limits)) {
                measurement.prepare();
                run(measurement);
            }
        }
        rehearseSockets();
        awaitCompiler();
    }

    private void rehearseSockets() {
        try {
            context.sockets().rehearse(BLOCKS);
        } catch (IOException _) { // no descriptor left, or a sandbox: the test can do without
        }
    }

    /// Waits until the compiler has nothing to do at two looks in a row: between two methods it may rest.
    private void awaitCompiler() {
        long startNanos = clock.nanoTime();
        int idleLooks = context.sockets().isCompiling() ? 0 : 1;
        while (idleLooks < 2 && clock.nanoTime() - startNanos < MAX_COMPILER_NANOS) {
            LockSupport.parkNanos(COMPILER_STEP_NANOS);
            idleLooks = context.sockets().isCompiling() ? 0 : idleLooks + 1;
        }
    }

    /// Loads how a virtual thread yields, which a listener's thread that is woken while it parks does, too.
    private static void rehearseYield() {
        Thread thread = Thread.ofVirtual().name("pitot-rehearsal").start(Thread::yield);
        try {
            thread.join(Duration.ofNanos(MAX_NANOS));
        } catch (InterruptedException _) { // restored for the caller
            Thread.currentThread().interrupt();
        }
    }

    private Connection standIn(Connection connection) {
        return switch (connection) {
            case TcpConnection tcp -> new RehearsalTcpConnection(tcp, BLOCKS);
            case UdpConnection udp ->
                new RehearsalUdpConnection(
                        udp,
                        BLOCKS,
                        test.streams().blockBytes(),
                        test.streams().datagrams().wideCounters());
        };
    }

    private Measurement measurement(List<OpenStream> streams, TransferLimit limits) {
        var threads = new StreamThreads(
                streams, () -> {}, context.sockets()::threadId, clock, new StreamObserver(new EventQueue(), limits));
        var meter = new IntervalMeter(streams, test.protocol(), INTERVAL, 0, Long.MAX_VALUE);
        return new Measurement(
                threads,
                new Measurement.Meters(meter, new LatencyMeter()),
                limits,
                Watchdogs.ofRehearsal(streams, test, limits),
                context,
                new EventDispatcher(List.of()));
    }

    private void run(Measurement measurement) {
        measurement.start();
        long startNanos = clock.nanoTime();
        long now = startNanos;
        while (real.keySet().stream().anyMatch(role -> !measurement.hasEnded(role)) && now - startNanos < MAX_NANOS) {
            LockSupport.parkNanos(STEP_NANOS);
            now = clock.nanoTime();
        }
        long later = now + INTERVAL.length().toNanos(); // an interval is over
        var _ = measurement.nanosUntilDue(now);
        measurement.lookIfDue(now);
        measurement.lookIfDue(later);
        var _ = measurement.isOver(later);
        var _ = measurement.alarm(later);
        measurement.stop();
        measurement.finish(1);
        measurement.announceRest();
    }
}
