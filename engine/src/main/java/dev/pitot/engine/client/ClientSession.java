package dev.pitot.engine.client;

import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.interval.IntervalMeter;
import dev.pitot.engine.session.Agenda;
import dev.pitot.engine.session.Cancellation;
import dev.pitot.engine.session.ControlConnection;
import dev.pitot.engine.session.DataConnections;
import dev.pitot.engine.session.DatagramDrain;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.FaultTrace;
import dev.pitot.engine.session.Findings;
import dev.pitot.engine.session.Inbox;
import dev.pitot.engine.session.LimitWatch;
import dev.pitot.engine.session.Measurement;
import dev.pitot.engine.session.ResultsExchange;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.StreamReports;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.engine.session.Watch;
import dev.pitot.engine.session.Watches;
import dev.pitot.engine.stream.Transfer;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.socket.Patience;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.auth.AuthToken;
import dev.pitot.wire.control.ControlDecoder;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.control.TestState;
import dev.pitot.wire.json.MalformedResultsException;
import dev.pitot.wire.json.Parameters;
import dev.pitot.wire.json.ParametersJson;
import dev.pitot.wire.json.ResultsJson;
import dev.pitot.wire.json.TestResults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One test from the client's side, from the first connection to the last word. [#run()] belongs
/// to the session's thread, which owns everything here; [#cancel] may come from any thread.
public final class ClientSession {
    /// How long a server may take to read a few bytes before the test counts as broken.
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(10);

    private final ClientConfig config;
    private final Surroundings surroundings;
    private final Announcer announcer;
    private final Connector connector;
    private final Inbox inbox = new Inbox();
    private final Agenda agenda;
    private final Findings findings = new Findings();
    private final Cookie cookie;
    private final Cancellation cancellation = new Cancellation();
    private TestConfig test;
    private ProtocolExtension extension = ProtocolExtension.NONE;
    private long askedNanos;
    private @Nullable DataConnections data;
    private @Nullable ControlConnection control;
    private @Nullable Measurement measurement;
    private boolean hasAllStreams;
    private volatile @Nullable Throwable cause;

    public ClientSession(ClientConfig config, Surroundings surroundings, Announcer announcer) {
        this.config = config;
        this.surroundings = surroundings;
        this.announcer = announcer;
        connector = new Connector(config, surroundings.sockets());
        agenda = new Agenda(inbox, surroundings.clock());
        cookie = Cookie.random(surroundings.random());
        test = config.test();
    }

    /// Ends the test soon, with its partial results and with a word to the server.
    ///
    /// @param reason for people, for example the name of a signal
    public void cancel(@Nullable String reason) {
        cancellation.request(reason);
        inbox.put(new Event.StopRequested());
    }

    /// What went wrong in the end, beneath the ending's own words; null if nothing. Any thread.
    public @Nullable Throwable cause() {
        return cause;
    }

    /// Carries the test out. Whatever happens is the outcome.
    public Outcome run() {
        SessionFailure end = conduct();
        try {
            conclude(end.ending());
        } catch (RuntimeException | Error e) { // must not happen; the outcome is told all the same
            end = SessionFailure.of(e).after(end);
        }
        cause = end.getCause();
        FaultTrace.announce(cause, announcer);
        var outcome = new Outcome(findings.report(), end.ending(), cause);
        announcer.announce(new TestEvent.Finished(outcome));
        return outcome;
    }

    private SessionFailure conduct() {
        try {
            return drive();
        } catch (SessionFailure failure) {
            return cancellation.isRequested() ? new SessionFailure(cancellation.ending()) : failure;
        } catch (InterruptedException _) { // nobody interrupts a session's thread but to end it
            return new SessionFailure(cancellation.ending());
        } catch (RuntimeException | Error e) { // out of memory, say: the server must not be left alone with it
            return SessionFailure.of(e);
        }
    }

    private SessionFailure drive() throws SessionFailure, InterruptedException {
        ControlConnection connection = connect();
        control = connection;
        ClientState state = new AwaitingParameterRequest();
        agenda.enter(state.patience());
        while (true) {
            if (state instanceof Ended(Ending ending, Throwable thrown)) {
                return SessionFailure.of(
                        ending instanceof Ending.Cancelled ? cancellation.ending() : ending, thrown);
            }
            Event event = agenda.next();
            ClientState.Step step = state.on(event);
            for (ClientAction action : step.actions()) {
                perform(action, connection);
            }
            trace(event); // after the actions: the end of a test is measured at its arrival
            if (!step.next().equals(state)) {
                state = step.next();
                agenda.enter(state.patience());
            }
        }
    }

    private void trace(Event event) {
        if (event instanceof Event.Message(ControlMessage.State(TestState state))) {
            debug("State change: client received and changed State to " + state.description());
        }
    }

    private void debug(String text) {
        note(TestEvent.Level.DEBUG, text);
    }

    private void note(TestEvent.Level level, String text) {
        announcer.announce(new TestEvent.Note(level, text));
    }

    private ControlConnection connect() throws SessionFailure {
        Duration patience = config.timeouts().connect();
        TcpConnection connection;
        try {
            connection = connector.openControl(
                    patience.isZero()
                            ? Deadline.none(surroundings.clock(), cancellation::isRequested)
                            : within(patience));
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.CONNECT);
        }
        var opened = new ControlConnection(connection, ControlDecoder.forClient(), inbox);
        control = opened;
        send(opened, cookie.toBytes(), IperfError.SEND_COOKIE);
        test = Settlement.of(config, connection, announcer);
        return opened;
    }

    private void perform(ClientAction action, ControlConnection connection)
            throws SessionFailure, InterruptedException {
        switch (action) {
            case ClientAction.SendParameters _ -> sendParameters(connection);
            case ClientAction.UseExtension(var agreed) -> extension = agreed;
            case ClientAction.OpenStreams _ -> openStreams(connection);
            case ClientAction.StartStreams _ -> startStreams();
            case ClientAction.EndTest _ -> endTest(connection);
            case ClientAction.SendResults _ -> sendResults(connection);
            case ClientAction.TakeResults(String json) -> takeResults(json);
        }
    }

    private void sendParameters(ControlConnection connection) throws SessionFailure {
        var parameters = new Parameters(test, token(), ProtocolExtension.LATEST);
        send(connection, ControlEncoder.frame(ParametersJson.write(parameters)), IperfError.SEND_PARAMETERS);
        askedNanos = surroundings.clock().nanoTime();
        debug("send_parameters: " + ParametersJson.write(test, null)); // a token is nobody's business
        var start = new TestStart(
                TestRole.CLIENT,
                config.server(),
                cookie.text(),
                surroundings.wallClock().instant(),
                connection.connection().mss(),
                new TestStart.Setup(test, config.interval()));
        findings.start(start);
        announcer.announce(new TestEvent.ParametersAgreed(start));
    }

    private @Nullable String token() throws SessionFailure {
        Credentials credentials = config.credentials();
        try {
            return credentials == null
                    ? null
                    : AuthToken.seal(credentials, surroundings.wallClock().instant());
        } catch (InvalidSettingException e) { // longer than the server's key can seal
            throw SessionFailure.of(e.error(), e.detail(), e);
        }
    }

    private void openStreams(ControlConnection connection) throws SessionFailure {
        String file = config.local().resources().file();
        var connections = new DataConnections(test, TestRole.CLIENT, file, surroundings);
        data = connections;
        var opener = new StreamOpener(connector, cookie, inbox, surroundings.clock(), cancellation::isRequested);
        hasAllStreams = opener.open(test, server(connection), connections, () -> prepareStreams(connections));
        if (hasAllStreams) {
            findings.streams(connections, announcer);
        }
    }

    /// Where the kernel does not tell the round trip, it is no longer than the server took to ask for
    /// the streams.
    private StreamOpener.Server server(ControlConnection connection) {
        long known = connection.connection().roundTrip().toNanos();
        long answer = surroundings.clock().nanoTime() - askedNanos;
        return new StreamOpener.Server(connection.connection().remote(), known == 0 ? answer : known, extension);
    }

    private void prepareStreams(DataConnections connections) throws SessionFailure {
        var limits = new LimitWatch(test, extension, sendsFile(), () -> inbox.put(new Event.LimitReached()));
        try {
            var transfer = new Transfer(
                    connections.open(limits),
                    surroundings.threadStart(config.local().resources().core()),
                    new StreamReports(inbox, limits));
            var meter = new IntervalMeter(
                    transfer.streams(),
                    test.protocol(),
                    config.interval(),
                    test.omit().toNanos(),
                    lengthNanos(test));
            List<Watch> watches = Watches.ofClient(
                    transfer.streams(), test, limits, config.timeouts().receive());
            measurement = new Measurement(transfer, meter, limits, watches, surroundings, announcer);
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.INIT_STREAM);
        }
    }

    private boolean sendsFile() {
        return config.local().resources().file() != null && test.hasClientSenders();
    }

    private void startStreams() throws SessionFailure {
        if (!hasAllStreams) { // the server did not wait for them
            throw SessionFailure.of(IperfError.UNKNOWN_MESSAGE, "");
        }
        prepared().start();
        agenda.attach(prepared());
    }

    private static long lengthNanos(TestConfig test) {
        return switch (test.limit()) {
            case Limit.ForDuration(Duration length) -> length.toNanos();
            case Limit.ForBytes _, Limit.ForBlocks _, Limit.Endless _ -> Long.MAX_VALUE;
        };
    }

    private void endTest(ControlConnection connection) throws SessionFailure, InterruptedException {
        prepared().stop();
        if (sendsFile()) {
            prepared().endSending();
        }
        boolean isLimited = LimitWatch.limitBytes(test) != null || sendsFile();
        if (isLimited || test.protocol().isDatagram()) {
            new Delivery(prepared(), test.protocol(), isLimited, surroundings.clock()).await(cancellation::isRequested);
        }
        send(connection, ControlEncoder.state(TestState.TEST_END), IperfError.SEND_MESSAGE);
        prepared().announceRest();
        debug("State change: State set to " + TestState.TEST_END.description());
    }

    private void sendResults(ControlConnection connection) throws SessionFailure, InterruptedException {
        // the server has stopped sending, or it would not ask
        new DatagramDrain(prepared(), surroundings.clock())
                .awaitSilence(test, () -> cancellation.isRequested() || inbox.peek() != null);
        prepared().settle();
        prepared().announceRest();
        String json = ResultsJson.write(ResultsExchange.own(prepared(), null, null));
        send(connection, ControlEncoder.frame(json), IperfError.SEND_RESULTS);
        debug("send_results: " + json);
    }

    private void takeResults(String json) throws SessionFailure {
        debug("get_results: " + json);
        try {
            TestResults results = ResultsJson.read(json);
            findings.summary(ResultsExchange.bothSummary(prepared(), results));
            findings.serverOutput(results.serverOutput());
        } catch (MalformedResultsException e) {
            throw SessionFailure.of(e, e.error());
        }
    }

    /// Ends counting, reports, takes leave of the server and frees everything, in this order.
    private void conclude(Ending ending) {
        try {
            report();
            closeStreams(ending);
            takeLeave(ending);
        } finally {
            free();
        }
    }

    private void report() {
        if (measurement != null && measurement.hasStarted()) {
            measurement.stop();
            measurement.settle();
            measurement.announceRest();
            findings.summaryIfNone(ResultsExchange.ownSummary(measurement, null));
            announcer.announce(new TestEvent.SummaryReady(findings.report()));
        }
    }

    /// As iperf's clients do: its servers keep what they have of an incomplete block when the stream
    /// ends, and forget it when the test does. Other endings are told first: a server that finds its
    /// streams broken could not tell them from a fault.
    private void closeStreams(Ending ending) {
        if (measurement != null && ending instanceof Ending.Completed) {
            measurement.close();
        }
    }

    private void takeLeave(Ending ending) {
        TestState lastWord = switch (ending) {
            case Ending.Completed _, Ending.PeerTerminated _ -> TestState.IPERF_DONE;
            case Ending.Cancelled _ -> TestState.CLIENT_TERMINATE;
            case Ending.Failed failed -> failed.byPeer() ? null : TestState.IPERF_DONE; // as iperf
            case Ending.PeerGone _, Ending.Busy _ -> null;
        };
        if (control != null && lastWord != null) {
            say(control, lastWord);
        }
    }

    /// Each part is freed even if another cannot be, in the order of their dependence: streams
    /// first.
    private void free() {
        try (ControlConnection _ = control;
                DataConnections _ = data;
                Measurement _ = measurement) {
            // Nothing is left to do.
        }
    }

    private void say(ControlConnection connection, TestState lastWord) {
        try {
            connection.send(
                    ControlEncoder.state(lastWord),
                    Deadline.in(Duration.ofMillis(Patience.MAX_SLICE_MILLIS), surroundings.clock(), () -> false));
        } catch (IOException _) { // the server has hung up already: nothing to tell it
        }
    }

    private void send(ControlConnection connection, byte[] bytes, IperfError meaning) throws SessionFailure {
        try {
            connection.send(bytes, within(WRITE_PATIENCE));
        } catch (IOException e) {
            throw SessionFailure.of(e, meaning);
        }
    }

    private Deadline within(Duration length) {
        return Deadline.in(length, surroundings.clock(), cancellation::isRequested);
    }

    private Measurement prepared() {
        if (measurement == null) {
            throw new IllegalStateException("there are no streams yet");
        }
        return measurement;
    }
}
