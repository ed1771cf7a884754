package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.TestState;
import dev.pitot.wire.json.Parameters;
import dev.pitot.wire.json.ParametersJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The client has been asked what test this shall be.
record AwaitingParameters() implements ServerState {
    /// How much longer than planned a test may take before the watchdog ends it (iperf 3.21).
    private static final Duration GRACE = Duration.ofSeconds(40);

    @Override
    public Step on(Event event) {
        return switch (event) {
            case Event.Message(ControlMessage.Parameters(String json)) -> read(json);
            case Event.Message(ControlMessage.BadFrame _) -> Step.fail(IperfError.RECEIVE_PARAMETERS, "");
            case Event.Message _,
                    Event.ControlClosed _,
                    Event.Broken _,
                    Event.StopRequested _,
                    Event.StreamArrived _,
                    Event.StreamFailed _,
                    Event.LimitReached _,
                    Event.Stalled _,
                    Event.Overdue _ -> ServerState.otherwise(this, event, IperfError.RECEIVE_PARAMETERS);
        };
    }

    /// The parameters are there already: a session begins with them. But it may have to wait for its turn.
    @Override
    public Duration evictionTimeout() {
        return AwaitingStreams.EVICTION_TIMEOUT;
    }

    /// iperf's server watches over tests of a known length (server_timer_proc).
    private static @Nullable Duration longest(TestConfig config) {
        return switch (config.limit()) {
            case Limit.ForDuration(Duration length) ->
                length.plus(config.omit()).plus(GRACE);
            case Limit.ForBytes _, Limit.ForBlocks _, Limit.Endless _ -> null;
        };
    }

    private static Step read(String json) {
        Parameters parameters;
        try {
            parameters = ParametersJson.read(json);
        } catch (InvalidSettingException e) {
            return Step.fail(e.error(), "", e);
        }
        TestConfig config = parameters.test();
        List<ServerAction> actions = new ArrayList<>();
        actions.add(new ServerAction.AcceptParameters(parameters));
        if (!parameters.extension().isNone()) {
            actions.add(new ServerAction.AnswerExtension(parameters.extension()));
        }
        actions.add(new ServerAction.SendState(TestState.CREATE_STREAMS));
        return new Step(new AwaitingStreams(config.streamCount(), longest(config)), actions);
    }
}
