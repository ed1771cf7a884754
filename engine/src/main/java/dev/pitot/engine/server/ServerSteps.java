package dev.pitot.engine.server;

import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.engine.session.AddressText;
import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.DatagramDrain;
import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.Measurement;
import dev.pitot.engine.session.ResultsExchange;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.SessionRole;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.control.TestState;
import dev.pitot.wire.json.Parameters;
import dev.pitot.wire.json.TestResults;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Performs the actions of a server's states. Belongs to the session's thread.
final class ServerSteps implements SessionRole<ServerState, ServerAction> {
    private final ServerConfig server;
    private final Session session;
    private final ControlMessage first;
    private final StreamIntake streamIntake;
    private final ServerStreams streams;
    private final EchoIntake echo;
    private final ResourceShare share;
    private final EvictionPolicy eviction;
    private final ServerTrace trace;
    private boolean hasParameters;
    private @Nullable TestConfig config;
    private @Nullable CompletableFuture<@Nullable ServerOutput> output;
    private @Nullable TestResults clientResults;

    /// @param first the client's answer to the parameter request
    ServerSteps(
            ServerConfig server,
            ServerResources resources,
            Session session,
            ControlMessage first,
            StreamIntake streamIntake) {
        this.server = server;
        this.session = session;
        this.first = first;
        this.streamIntake = streamIntake;
        echo = new EchoIntake(resources.datagrams(), server, session, streamIntake.cookie());
        share = new ResourceShare(resources);
        eviction = new EvictionPolicy(resources.waitingClients());
        streams = new ServerStreams(server, session, eviction);
        trace = new ServerTrace(session.eventDispatcher());
    }

    boolean hasParameters() {
        return hasParameters;
    }

    @Override
    public ServerState.Step begin() {
        trace.received(new Event.Message(first));
        return TestRequest.step(first);
    }

    @Override
    public void perform(ServerAction action) throws SessionFailure {
        switch (action) {
            case ServerAction.CheckParameters(var parameters) -> checkParameters(parameters);
            case ServerAction.OpenIntake(var parameters) -> openIntake(parameters);
            case ServerAction.AgreeOnTest _ -> agree();
            case ServerAction.AnswerExtension(var agreed) ->
                session.send(ControlEncoder.extension(agreed), IperfError.SEND_MESSAGE);
            case ServerAction.KeepStream(var accepted) -> keep(accepted);
            case ServerAction.DenyStream(var accepted) ->
                ConnectionRejection.deny(accepted.connection(), session.clock());
            case ServerAction.PrepareStreams _ -> prepareStreams();
            case ServerAction.StartStreams _ -> session.start();
            case ServerAction.AwaitRemainder _ ->
                session.eventLoop()
                        .await(ReceiveDrain.of(
                                session.measurement(),
                                agreed(),
                                streams.areEndedByClient(),
                                session.clock().nanoTime()));
            case ServerAction.EndTest _ -> session.measurement().hangUp();
            case ServerAction.TakeResults(String json) -> takeResults(json);
            case ServerAction.Summarize _ -> summarize();
            case ServerAction.AwaitOutput _ ->
                session.eventLoop().await(output == null ? AwaitedCondition.MET : new OutputAnswer(output));
            case ServerAction.SendResults _ -> sendResults();
            case ServerAction.SendState(var state) -> sendState(state);
        }
    }

    @Override
    public void handled(Event event) {
        trace.received(event);
    }

    @Override
    public void entered(ServerState state) {
        eviction.enter(state);
    }

    private void checkParameters(Parameters parameters) throws SessionFailure {
        hasParameters = true;
        TestConfig accepted = RequestCheck.accepted(parameters, server, session);
        config = accepted;
        boolean needsFile = server.local().resources().file() != null;
        session.eventLoop().await(share.request(accepted.streamCount(), needsFile, eviction));
    }

    private void openIntake(Parameters parameters) throws SessionFailure {
        ProtocolExtension extension = parameters.extension();
        int perSecond = parameters.test().metadata().probe().perSecond();
        if (extension.hasEcho() && perSecond > 0) {
            echo.open(agreed(), perSecond);
        }
        session.useExtension(extension);
        session.eventLoop().await(streamIntake.open(agreed(), extension));
    }

    private void agree() {
        session.agree(new TestStart(
                TestRole.SERVER,
                AddressText.endpoint(session.control().remote()),
                streamIntake.cookie().text(),
                session.context().wallClock().instant(),
                0, // iperf3 servers do not read the control connection's segment size
                new TestStart.Setup(agreed(), server.interval())));
    }

    private void keep(AcceptedConnection<?> accepted) {
        streams.keep(accepted);
        session.eventLoop().move();
    }

    private void prepareStreams() throws SessionFailure {
        streamIntake.close();
        streams.prepare(agreed());
    }

    private void sendState(TestState state) throws SessionFailure {
        if (state == TestState.CREATE_STREAMS) {
            streamIntake.expectRequests();
        }
        session.send(ControlEncoder.state(state), IperfError.SEND_MESSAGE);
        session.debug("State change: State set to " + state.description());
    }

    private void takeResults(String json) throws SessionFailure {
        TestResults results = session.readResults(json);
        clientResults = results;
        session.eventLoop()
                .await(DatagramDrain.until(
                        results, session.measurement(), session.clock().nanoTime()));
    }

    private void summarize() throws SessionFailure {
        TestResults results = clientResults;
        summarize(results);
        if (results != null) {
            session.complete(results);
        }
        if (agreed().metadata().serverOutput()) {
            output = session.eventDispatcher().serverOutput();
        }
    }

    /// @param results of the client, or null if it did not send them
    private void summarize(@Nullable TestResults results) {
        Measurement measurement = session.measurement();
        measurement.finish(results == null ? 0 : ResultsExchange.sentNanos(measurement, results));
        session.announceSummary(results);
    }

    private void sendResults() throws SessionFailure {
        session.sendResults(output == null ? null : output.getNow(null), clientResults);
    }

    @Override
    public void finish(SessionFailure end) {
        streamIntake.close();
        // an iperf3 that sends stops at the first connection that breaks: by then it must have the reason
        ConnectionRejection.sendFinalMessage(session, end);
        Measurement measurement = session.startedMeasurement();
        if (measurement != null && !measurement.isFinished()) {
            measurement.hangUp();
            summarize(null);
        }
    }

    /// Releases each part even if releasing another one fails.
    @Override
    public void free() {
        try (ResourceShare _ = share;
                Session _ = session;
                EchoIntake _ = echo) {
            streams.close();
        }
    }

    /// Ends the waiting of others for this test's slot.
    void unregister() {
        eviction.close();
    }

    private TestConfig agreed() {
        if (config == null) {
            throw new IllegalStateException("no parameters yet");
        }
        return config;
    }
}
