package dev.pitot.engine.server;

import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.interval.IntervalMeter;
import dev.pitot.engine.session.AddressText;
import dev.pitot.engine.session.Agenda;
import dev.pitot.engine.session.Arrival;
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
import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.socket.Patience;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.control.TestState;
import dev.pitot.wire.json.MalformedResultsException;
import dev.pitot.wire.json.Parameters;
import dev.pitot.wire.json.ResultsJson;
import dev.pitot.wire.json.TestResults;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One test from the server's side, from its cookie to the last word. [#run()] belongs to the
/// session's thread, which owns everything here; [#offer] and [#cancel] may come from any thread.
final class ServerSession implements Doorway.Taker {
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(10);

    /// How long the listener may take to hand over what it has shown; a client waits longer for
    /// results.
    private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(2);

    private final ServerConfig server;
    private final Surroundings surroundings;
    private final Announcer announcer;
    private final Cookie cookie;
    private final Inbox inbox = new Inbox();
    private final Agenda agenda;
    private final Findings findings = new Findings();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final ControlConnection control;
    private final Cancellation cancellation = new Cancellation();
    private final ResourceShare share;
    private final EvictionPolicy eviction;
    private final Doorway doorway;
    private final ServerTrace trace;
    private boolean wantsStreams; // guarded by this
    private volatile @Nullable TestConfig config; // read by whoever offers streams
    private ProtocolExtension extension = ProtocolExtension.NONE;
    private @Nullable DataConnections data;
    private @Nullable Measurement measurement;
    private boolean hasParameters;
    private @Nullable ServerOutput output;
    private @Nullable TestResults clientResults;

    /// Starts to read the control connection.
    ///
    /// @param opened its control connection, owned from now on
    ServerSession(
            ServerConfig server,
            ControlHandshake opened,
            Facilities facilities,
            Surroundings surroundings,
            Announcer announcer) {
        this.server = server;
        cookie = opened.cookie();
        this.surroundings = surroundings;
        this.announcer = announcer;
        trace = new ServerTrace(announcer);
        share = new ResourceShare(facilities);
        eviction = new EvictionPolicy(facilities.waitingClients());
        agenda = new Agenda(inbox, surroundings.clock(), facilities.waitingClients()::isAny);
        control = new ControlConnection(opened.connection(), opened.decoder(), inbox);
        doorway = new Doorway(facilities, server, surroundings, opened.connection(), this);
    }

    boolean hasCookie(Cookie other) {
        return cookie.matches(other);
    }

    /// Where the control connection comes from. Any thread.
    InetAddress client() {
        return control.connection().remote().getAddress();
    }

    /// Whether the client has said what test it wants, and the test did not end because others
    /// waited before anything moved.
    boolean wasTest() {
        return hasParameters && (measurement != null || !agenda.wasEvicted());
    }

    @Override
    public synchronized boolean offer(Arrival arrival) {
        boolean isWanted = wantsStreams && config != null && arrival.fits(config.protocol());
        if (isWanted) {
            inbox.put(new Event.StreamArrived(arrival));
        }
        return isWanted;
    }

    @Override
    public boolean hasMessage() {
        return inbox.peek() != null;
    }

    @Override
    public boolean mustGiveWay() {
        return agenda.isEvictionDue();
    }

    @Override
    public void fail(SocketException failure) {
        IperfError known = failure.error();
        inbox.put(new Event.StreamFailed(known == null ? IperfError.STREAM_ACCEPT : known, failure.reason(), failure));
    }

    /// Ends the test soon, with its partial results and with a word to the client.
    void cancel(@Nullable String reason) {
        cancellation.request(reason);
        inbox.put(new Event.StopRequested());
    }

    /// Carries the test out. Whatever happens is the outcome.
    Outcome run() {
        SessionFailure end = conduct();
        try {
            conclude(end);
        } catch (RuntimeException | Error e) { // must not happen; the outcome is told all the same
            end = SessionFailure.of(e).after(end);
        }
        FaultTrace.announce(end.getCause(), announcer);
        var outcome = new Outcome(findings.report(), end.ending(), end.getCause());
        announcer.announce(new TestEvent.Finished(outcome));
        return outcome;
    }

    /// @return how the test ended, with the number for the client
    private SessionFailure conduct() {
        try {
            return drive();
        } catch (SessionFailure failure) {
            return cancellation.isRequested() ? new SessionFailure(cancellation.ending()) : failure;
        } catch (InterruptedException _) { // nobody interrupts a session's thread but to end it
            return new SessionFailure(cancellation.ending());
        } catch (RuntimeException | Error e) { // out of memory, say: the client must not be left alone with it
            return SessionFailure.of(e);
        }
    }

    private SessionFailure drive() throws SessionFailure, InterruptedException {
        ServerState state = new AwaitingParameters();
        enter(state);
        while (true) {
            if (state instanceof Ended(Ending ending, Throwable thrown)) {
                return SessionFailure.of(
                        ending instanceof Ending.Cancelled ? cancellation.ending() : ending, thrown);
            }
            Event event = agenda.next();
            ServerState.Step step = state.on(event);
            for (ServerAction action : step.actions()) {
                perform(action);
            }
            trace.received(event); // after the actions: the end of a test is measured at its arrival
            if (step.next().getClass() != state.getClass()) {
                enter(step.next());
            }
            state = step.next();
        }
    }

    private void enter(ServerState state) {
        agenda.enter(state.patience(), state.evictionTimeout());
        eviction.enter(state);
    }

    private void perform(ServerAction action) throws SessionFailure, InterruptedException {
        switch (action) {
            case ServerAction.AcceptParameters(var parameters) -> acceptParameters(parameters);
            case ServerAction.AnswerExtension(var agreed) ->
                send(ControlEncoder.extension(agreed), IperfError.SEND_MESSAGE);
            case ServerAction.KeepStream(var arrival) -> {
                arrivals.add(arrival);
                agenda.move();
            }
            case ServerAction.DenyStream(var arrival) -> Denial.deny(arrival.connection(), surroundings.clock());
            case ServerAction.PrepareStreams _ -> prepareStreams();
            case ServerAction.StartStreams _ -> startStreams();
            case ServerAction.EndTest _ -> endTest();
            case ServerAction.TakeResults(String json) -> takeResults(json);
            case ServerAction.SendResults _ -> sendResults();
            case ServerAction.SendState(var state) -> sendState(state);
        }
    }

    private void acceptParameters(Parameters parameters) throws SessionFailure, InterruptedException {
        hasParameters = true;
        Authorization authorization = server.policy().authorization();
        if (authorization != null) {
            Authorizer.check(
                    authorization,
                    parameters.authToken(),
                    surroundings.wallClock().instant(),
                    announcer);
        }
        PolicyCheck.check(parameters.test(), server.policy());
        ClientWishes.check(parameters.test(), server, surroundings.sockets());
        TestConfig accepted = ClientWishes.possible(parameters.test(), surroundings.sockets());
        Patience patience = Deadline.in(ResourceShare.TIMEOUT, surroundings.clock(), this::hasMessage);
        share.take(accepted.streamCount(), server.local().resources().file() != null, eviction, patience);
        config = accepted;
        extension = parameters.extension();
        var start = new TestStart(
                TestRole.SERVER,
                AddressText.endpoint(control.connection().remote()),
                cookie.text(),
                surroundings.wallClock().instant(),
                0, // iperf's servers do not look at the control connection's segment size
                new TestStart.Setup(accepted, server.interval()));
        setWantsStreams(true);
        doorway.open(accepted, extension.hasCookieInRequests() ? cookie : null);
        findings.start(start);
        announcer.announce(new TestEvent.ParametersAgreed(start));
    }

    private void prepareStreams() throws SessionFailure {
        setWantsStreams(false);
        doorway.close();
        TestConfig test = agreed();
        String file = server.local().resources().file();
        var connections = new DataConnections(test, TestRole.SERVER, file, surroundings);
        data = connections;
        arrivals.sort(Comparator.comparingLong(Arrival::order));
        for (Arrival arrival : arrivals) {
            connections.add(arrival.connection());
            if (arrival.connection() instanceof TcpConnection tcp) {
                ClientWishes.apply(test, server, tcp, announcer);
            }
        }
        arrivals.clear();
        findings.streams(connections, announcer);
        var limits = new LimitWatch(test, extension, false, () -> {});
        Integer asked = test.extras().serverCore();
        Integer core = asked == null ? server.local().resources().core() : asked;
        try {
            var transfer = new Transfer(
                    connections.open(limits), surroundings.threadStart(core), new StreamReports(inbox, limits));
            var meter = new IntervalMeter(
                    transfer.streams(),
                    test.protocol(),
                    server.interval(),
                    test.omit().toNanos(),
                    Long.MAX_VALUE);
            List<Watch> watches =
                    Watches.ofServer(transfer.streams(), server, eviction.watch(transfer.streams(), test));
            measurement = new Measurement(transfer, meter, limits, watches, surroundings, announcer);
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.INIT_STREAM);
        }
    }

    private void startStreams() {
        prepared().start();
        agenda.attach(prepared());
    }

    private void endTest() throws InterruptedException {
        Remainder.await(prepared(), agreed(), surroundings.clock(), cancellation::isRequested);
        prepared().hangUp();
    }

    /// @param results of the client, or null if it did not tell them
    private void summarize(@Nullable TestResults results) {
        prepared().settle(results == null ? 0 : ResultsExchange.sentNanos(prepared(), results));
        prepared().announceRest();
        findings.summaryIfNone(ResultsExchange.ownSummary(prepared(), results));
        announcer.announce(new TestEvent.SummaryReady(findings.report()));
    }

    private void sendState(TestState state) throws SessionFailure {
        if (state == TestState.CREATE_STREAMS) {
            doorway.expectRequests();
        }
        send(ControlEncoder.state(state), IperfError.SEND_MESSAGE);
        trace.debug("State change: State set to " + state.description());
    }

    private void sendResults() throws SessionFailure {
        String json = ResultsJson.write(ResultsExchange.own(prepared(), output, clientResults));
        send(ControlEncoder.frame(json), IperfError.SEND_RESULTS);
        trace.debug("send_results: " + json);
    }

    private void takeResults(String json) throws SessionFailure, InterruptedException {
        trace.debug("get_results: " + json);
        try {
            TestResults results = ResultsJson.read(json);
            clientResults = results;
            new DatagramDrain(prepared(), surroundings.clock())
                    .await(results, () -> cancellation.isRequested() || inbox.peek() != null);
            summarize(results);
            if (agreed().extras().serverOutput()) {
                output = announcer.serverOutput(within(OUTPUT_PATIENCE));
            }
            findings.summary(ResultsExchange.bothSummary(prepared(), results));
        } catch (MalformedResultsException e) {
            throw SessionFailure.of(e, e.error());
        }
    }

    /// Ends counting, reports, tells the client why, and frees everything, in this order.
    private void conclude(SessionFailure end) {
        try {
            setWantsStreams(false);
            doorway.close();
            if (measurement != null && measurement.hasStarted() && !measurement.isFinished()) {
                measurement.hangUp();
                summarize(null);
            }
            Denial.sendFinalMessage(control, end, surroundings.clock());
        } finally {
            free();
        }
    }

    /// Each part is freed even if another cannot be.
    private void free() {
        try (EvictionPolicy _ = eviction;
                ResourceShare _ = share;
                ControlConnection _ = control;
                DataConnections _ = data;
                Measurement _ = measurement) {
            arrivals.forEach(arrival -> arrival.connection().close());
            for (Arrival late = inbox.pollArrival(); late != null; late = inbox.pollArrival()) {
                late.connection().close();
            }
        }
    }

    private void send(byte[] bytes, IperfError meaning) throws SessionFailure {
        try {
            control.send(bytes, within(WRITE_PATIENCE));
        } catch (IOException e) {
            throw SessionFailure.of(e, meaning);
        }
    }

    private Deadline within(Duration length) {
        return Deadline.in(length, surroundings.clock(), cancellation::isRequested);
    }

    private synchronized void setWantsStreams(boolean value) {
        wantsStreams = value;
    }

    private TestConfig agreed() {
        if (config == null) {
            throw new IllegalStateException("no parameters yet");
        }
        return config;
    }

    private Measurement prepared() {
        if (measurement == null) {
            throw new IllegalStateException("there are no streams yet");
        }
        return measurement;
    }
}
