package dev.pitot.engine.client;

import dev.pitot.engine.session.DatagramDrain;
import dev.pitot.engine.session.Deadline;
import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.Measurement;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.SessionRole;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.control.ControlDecoder;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.control.TestState;
import dev.pitot.wire.json.TestResults;
import java.io.IOException;
import java.time.Duration;

/// Performs the actions of a client's states. Belongs to the session's thread.
final class ClientSteps implements SessionRole<ClientState, ClientAction> {
    private final ClientConfig config;
    private final Session session;
    private final Cookie cookie;
    private final Connector connector;
    private final ClientStreams streams;
    private TestConfig test;

    ClientSteps(ClientConfig config, Session session) {
        this.config = config;
        this.session = session;
        cookie = Cookie.random(session.context().random());
        connector = new Connector(config, session.context().sockets(), session.clock(), session.latency());
        streams = new ClientStreams(config, cookie, connector, session);
        test = config.test();
    }

    @Override
    public ClientState.Step begin() throws SessionFailure {
        Duration timeout = config.timeouts().connect();
        TcpConnection connection;
        try {
            connection = connector.openControl(timeout.isZero() ? session.untilCancelled() : session.within(timeout));
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.CONNECT);
        }
        session.open(connection, ControlDecoder.forClient(), _ -> {}); // only a client ends a test
        session.send(cookie.toBytes(), IperfError.SEND_COOKIE);
        test = TestNegotiation.of(config, connection, session.eventDispatcher());
        return ClientState.Step.to(new AwaitingParameterRequest());
    }

    @Override
    public void perform(ClientAction action) throws SessionFailure {
        switch (action) {
            case ClientAction.SendParameters _ -> sendParameters();
            case ClientAction.UseExtension(var agreed) -> session.useExtension(agreed);
            case ClientAction.OpenStreams _ -> streams.open(test);
            case ClientAction.ReportStreams _ -> streams.report();
            case ClientAction.StartStreams _ -> streams.start();
            case ClientAction.StopStreams _ -> stopStreams();
            case ClientAction.EndTest _ -> endTest();
            case ClientAction.AwaitDatagrams _ -> // the server has stopped sending, or it would not ask
                session.eventLoop()
                        .await(streams.probe()
                                .afterLoad(DatagramDrain.untilSilent(
                                        test,
                                        session.measurement(),
                                        session.clock().nanoTime())));
            case ClientAction.SendResults _ -> sendResults();
            case ClientAction.TakeResults(String json) -> takeResults(json);
        }
    }

    @Override
    public void handled(Event event) {
        if (event instanceof Event.Message(ControlMessage.State(TestState state))) {
            session.debug("State change: client received and changed State to " + state.description());
        }
    }

    @Override
    public void entered(ClientState state) {
        // A client is never evicted.
    }

    private void sendParameters() throws SessionFailure {
        ParametersMessage.send(test, config.credentials(), session);
        streams.onAsked();
        session.agree(new TestStart(
                TestRole.CLIENT,
                config.server(),
                cookie.text(),
                session.context().wallClock().instant(),
                session.control().mss(),
                new TestStart.Setup(test, config.interval())));
    }

    /// A server sends until it receives the end. If it alone sends, no data of this end is on its way, so the end
    /// is sent before anything else is done: the time of both ends then differs by no more than the way of that
    /// message.
    private void stopStreams() throws SessionFailure {
        if (!test.hasClientSenders()) {
            sendEnd();
        }
        streams.stop();
    }

    private void endTest() throws SessionFailure {
        if (test.hasClientSenders()) {
            sendEnd();
        }
        session.measurement().announceRest();
        session.debug("State change: State set to " + TestState.TEST_END.description());
    }

    /// A server on this machine often reads the end on the processor on which it was sent, so that is left
    /// to it: what this thread does next takes a millisecond or more, which would be added to the server's
    /// seconds. With `-R` and other programs at work, this end's own seconds may grow by the time until it
    /// gets a processor back; its bytes are those of that time.
    @SuppressWarnings("ThreadPriorityCheck") // a scheduler that takes no notice makes the seconds differ, nothing else
    private void sendEnd() throws SessionFailure {
        session.send(ControlEncoder.state(TestState.TEST_END), IperfError.SEND_MESSAGE);
        Thread.yield();
    }

    private void sendResults() throws SessionFailure {
        streams.probe().finish();
        session.measurement().finish(0);
        session.measurement().announceRest();
        session.sendResults(null, null);
    }

    private void takeResults(String json) throws SessionFailure {
        TestResults results = session.readResults(json);
        session.complete(results);
        session.report().serverOutput(results.serverOutput());
    }

    @Override
    public void finish(SessionFailure end) {
        streams.probe().finish();
        Measurement measurement = session.startedMeasurement();
        if (measurement != null) {
            measurement.stop();
            measurement.finish(0);
            session.announceSummary(null);
        }
        closeStreams(end.ending());
        sendFinalState(end.ending());
    }

    /// Shuts down sending as iperf3 clients do: iperf3 servers count an incomplete block when the stream
    /// ends, but discard it when the test ends. Other outcomes are reported first: a server could not
    /// tell the closed streams from a failure.
    private void closeStreams(Ending ending) {
        if (session.isPrepared() && ending instanceof Ending.Completed) {
            session.measurement().close();
        }
    }

    private void sendFinalState(Ending ending) {
        TestState last = switch (ending) {
            case Ending.Completed _, Ending.PeerTerminated _ -> TestState.IPERF_DONE;
            case Ending.Cancelled _ -> TestState.CLIENT_TERMINATE;
            case Ending.Failed failed -> failed.byPeer() ? null : TestState.IPERF_DONE; // as iperf
            case Ending.PeerGone _, Ending.Busy _ -> null;
        };
        if (session.controlIfOpen() != null && last != null) {
            try {
                session.controlIfOpen()
                        .send(
                                ControlEncoder.state(last),
                                Deadline.in(
                                        Duration.ofMillis(WaitPolicy.MAX_SLICE_MILLIS), session.clock(), () -> false));
            } catch (IOException _) { // the server has already closed its end
            }
        }
    }

    @Override
    public void free() {
        try (Session _ = session) {
            streams.probe().close();
        }
    }
}
