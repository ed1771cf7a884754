package dev.pitot.engine.session;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.interval.IntervalMeter;
import dev.pitot.engine.latency.LatencyMeter;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.StreamThreads;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.control.ControlDecoder;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.control.TestState;
import dev.pitot.wire.datagram.ReadReport;
import dev.pitot.wire.json.MalformedResultsException;
import dev.pitot.wire.json.ResultsJson;
import dev.pitot.wire.json.TestResults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Parts of one test that both roles have: its events, its control connection, its streams and its
/// report. Belongs to the session's thread; [#cancel] and [#eventQueue] may be called by any thread.
public final class Session implements AutoCloseable {
    /// Timeout of the control connection for sending a few bytes to the peer; after it the test counts as broken.
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

    /// Time for listeners to print what they have, so that this takes no processor from the data.
    /// One that is slower does not hold the test up.
    private static final Duration LISTENER_TIMEOUT = Duration.ofMillis(50);

    private final SessionContext context;
    private final EventDispatcher eventDispatcher;
    private final EventQueue eventQueue = new EventQueue();
    private final EventLoop eventLoop;
    private final ReportBuilder report = new ReportBuilder();
    private final LatencyMeter latency = new LatencyMeter();
    private final Cancellation cancellation = new Cancellation();
    private ProtocolExtension extension = ProtocolExtension.NONE;
    private @Nullable ControlConnection control;
    private @Nullable DataConnections data;
    private volatile @Nullable Measurement measurement; // written by the session's thread alone

    /// @param isPlaceWanted true while others wait for this session to end
    public Session(SessionContext context, EventDispatcher eventDispatcher, BooleanSupplier isPlaceWanted) {
        this.context = context;
        this.eventDispatcher = eventDispatcher;
        eventLoop = new EventLoop(eventQueue, context.clock(), isPlaceWanted);
    }

    public SessionContext context() {
        return context;
    }

    public NanoClock clock() {
        return context.clock();
    }

    public EventDispatcher eventDispatcher() {
        return eventDispatcher;
    }

    public EventQueue eventQueue() {
        return eventQueue;
    }

    public EventLoop eventLoop() {
        return eventLoop;
    }

    public ReportBuilder report() {
        return report;
    }

    /// Records Pitot's protocol extension, which both ends agreed on.
    public void useExtension(ProtocolExtension agreed) {
        extension = agreed;
    }

    /// Protocol extension that both ends use.
    public ProtocolExtension extension() {
        return extension;
    }

    /// Meter of round trips, from the first connect on.
    public LatencyMeter latency() {
        return latency;
    }

    /// Ends the test soon, with partial results and a message to the peer. Any thread.
    ///
    /// @param reason text for the report, for example the name of a signal
    public void cancel(@Nullable String reason) {
        cancellation.request(reason);
        eventQueue.put(new Event.StopRequested());
    }

    public boolean isCancelled() {
        return cancellation.isRequested();
    }

    /// Failure that represents the cancellation.
    SessionFailure cancelled() {
        return new SessionFailure(cancellation.ending());
    }

    /// Returns a timeout that also ends if the test is cancelled.
    public Deadline within(Duration length) {
        return Deadline.in(length, clock(), cancellation::isRequested);
    }

    /// Returns a wait without a timeout that ends if the test is cancelled.
    public Deadline untilCancelled() {
        return Deadline.none(clock(), cancellation::isRequested);
    }

    /// Takes ownership of the control connection and starts reading it.
    ///
    /// @param decoder may hold messages already
    /// @param observer of each message, on the thread that reads it; must not block
    public void open(TcpConnection connection, ControlDecoder decoder, Consumer<ControlMessage> observer) {
        control = new ControlConnection(connection, decoder, eventQueue, observer);
    }

    /// Takes a message of a server's client when it is read. The session's thread handles it as an event,
    /// on a busy machine some milliseconds later, which would be added to this end's seconds if its senders
    /// did not stop at the end of the test by this. Any thread.
    public void onRead(ControlMessage message) {
        Measurement running = measurement;
        if (running != null && message instanceof ControlMessage.State(var state) && state == TestState.TEST_END) {
            running.onEndRead();
        }
    }

    /// Control connection; null before there is one.
    public @Nullable ControlConnection controlIfOpen() {
        return control;
    }

    public TcpConnection control() {
        return opened().connection();
    }

    private ControlConnection opened() {
        if (control == null) {
            throw new IllegalStateException("there is no control connection yet");
        }
        return control;
    }

    /// Sends bytes on the control connection.
    ///
    /// @param meaning the error to report if sending fails
    public void send(byte[] bytes, IperfError meaning) throws SessionFailure {
        try {
            opened().send(bytes, within(SEND_TIMEOUT));
        } catch (IOException e) {
            throw SessionFailure.of(e, meaning);
        }
    }

    /// Sends the results of this end.
    ///
    /// @param output of a server, if its client has requested it
    /// @param peer the other end's results if already known
    public void sendResults(@Nullable ServerOutput output, @Nullable TestResults peer) throws SessionFailure {
        String json = ResultsJson.write(ResultsExchange.own(measurement(), output, peer, extension));
        send(ControlEncoder.frame(json), IperfError.SEND_RESULTS);
        debug("send_results: " + json);
    }

    /// Parses the results of the other end.
    public TestResults readResults(String json) throws SessionFailure {
        debug("get_results: " + json);
        try {
            TestResults results = ResultsJson.read(json);
            return extension.hasEvidence() ? results : results.with(null);
        } catch (MalformedResultsException e) {
            throw SessionFailure.of(e, e.error());
        }
    }

    /// Announces a debug note (`-d`).
    public void debug(String text) {
        eventDispatcher.announce(new TestEvent.Note(TestEvent.Level.DEBUG, text));
    }

    /// Records the parameters that both ends agreed on.
    public void agree(TestStart start) {
        report.start(start);
        eventDispatcher.announce(new TestEvent.ParametersAgreed(start));
    }

    /// Creates the empty set of data connections of the test.
    ///
    /// @param file the file that this end reads or writes instead of generated data, or null
    public DataConnections expectData(TestConfig test, TestRole end, @Nullable String file) {
        var connections = new DataConnections(test, end, file, context);
        data = connections;
        return connections;
    }

    public DataConnections data() {
        if (data == null) {
            throw new IllegalStateException("there are no data connections yet");
        }
        return data;
    }

    /// Settings of this end's measurement.
    ///
    /// @param core to bind their threads to, or null for any
    /// @param lengthNanos of the counted part where this end decides it, else `Long.MAX_VALUE`
    public record MeasuringSettings(
            TestConfig test,
            ReportInterval interval,
            @Nullable Integer core,
            long lengthNanos) {}

    /// Prepares everything, so that nothing is left to do during the test.
    ///
    /// @param watchdogs creates the watchdogs of the streams
    public void prepare(
            TransferLimit limits, MeasuringSettings settings, Function<List<OpenStream>, List<Watchdog>> watchdogs)
            throws SessionFailure {
        TestConfig test = settings.test();
        try {
            var streamThreads = new StreamThreads(
                    data().open(limits, extension.hasReadReports() ? reportsOver(test) : null),
                    context.threadStart(settings.core()),
                    context.sockets()::threadId,
                    clock(),
                    new StreamObserver(eventQueue, limits));
            var meter = new IntervalMeter(
                    streamThreads.streams(),
                    test.protocol(),
                    settings.interval(),
                    test.omit().toNanos(),
                    settings.lengthNanos());
            latency.prepare(test, control(), streamThreads.streams());
            measurement = new Measurement(
                    streamThreads,
                    new Measurement.Meters(meter, latency),
                    limits,
                    watchdogs.apply(streamThreads.streams()),
                    context,
                    eventDispatcher);
            new Rehearsal(test, streamThreads.streams(), context).run();
            measurement.prepare();
            eventDispatcher.awaitListeners(LISTENER_TIMEOUT);
            eventDispatcher.hold();
        } catch (InterruptedException _) { // a session's thread is interrupted only to end it
            throw cancelled();
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.INIT_STREAM);
        }
    }

    /// Lowest round trip of the control connection if receivers report over this path how far they have read:
    /// those of datagrams without a rate limit, long enough that no kernel cuts a report. Else null.
    private @Nullable Duration reportsOver(TestConfig test) {
        StreamSettings streams = test.streams();
        boolean reports = test.protocol().isDatagram()
                && streams.pacing().target().isUnlimited()
                && streams.blockBytes() >= ReadReport.BYTES;
        return reports ? latency.lowestRoundTrip(control()) : null;
    }

    /// Starts the streams and the counting. Listeners receive what happened since [#prepare] after that.
    public void start() {
        measurement().start();
        eventLoop.attach(measurement());
        eventDispatcher.release();
    }

    public Measurement measurement() {
        if (measurement == null) {
            throw new IllegalStateException("there are no streams yet");
        }
        return measurement;
    }

    /// Measurement if data has flowed; else null.
    public @Nullable Measurement startedMeasurement() {
        return measurement != null && measurement.hasStarted() ? measurement : null;
    }

    /// True if the streams are prepared.
    public boolean isPrepared() {
        return measurement != null;
    }

    /// Announces the summary by this end's counters, after counting has ended.
    ///
    /// @param peer the other end's results if already known
    public void announceSummary(@Nullable TestResults peer) {
        measurement().announceRest();
        report.summaryIfNone(ResultsExchange.ownSummary(measurement(), peer));
        eventDispatcher.announce(new TestEvent.SummaryReady(report.report()));
    }

    /// Records the summary of both ends.
    ///
    /// @throws SessionFailure (error 208) if the peer reports a stream that this test does not have
    public void complete(TestResults peer) throws SessionFailure {
        report.summary(ResultsExchange.bothSummary(measurement(), peer));
    }

    /// Closes the streams, then the connections, then the control connection, each even if closing
    /// another one fails. Accepted connections that were not used are closed too.
    @Override
    public void close() {
        try (ControlConnection _ = control;
                DataConnections _ = data;
                Measurement _ = measurement) {
            for (AcceptedConnection<?> late = eventQueue.pollAccepted();
                    late != null;
                    late = eventQueue.pollAccepted()) {
                late.connection().close();
            }
        }
    }
}
