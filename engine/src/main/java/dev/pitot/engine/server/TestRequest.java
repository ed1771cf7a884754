package dev.pitot.engine.server;

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

/// Answer of a client to the parameter request, with which a session begins. A valid test waits for its
/// resources and its turn before its client is asked to continue.
///
/// @param longest maximum length of the test; null where the client decides
record TestRequest(Parameters parameters, @Nullable Duration longest) {
    /// Time beyond the planned length after which the watchdog ends a test (iperf 3.21).
    private static final Duration GRACE = Duration.ofSeconds(40);

    /// Returns the first step of a session.
    static ServerState.Step step(ControlMessage first) {
        return switch (first) {
            case ControlMessage.Parameters(String json) -> read(json);
            case ControlMessage.BadFrame _ -> ServerState.Step.fail(IperfError.RECEIVE_PARAMETERS, "");
            case ControlMessage.State _,
                    ControlMessage.UnknownState _,
                    ControlMessage.Extension _,
                    ControlMessage.ServerError _,
                    ControlMessage.Results _ -> ServerState.Step.end(ServerState.unexpected(first));
        };
    }

    /// Returns the step after the test has its resources and its turn.
    ServerState.Step admitted() {
        List<ServerAction> actions = new ArrayList<>();
        actions.add(new ServerAction.AgreeOnTest());
        if (!parameters.extension().isNone()) {
            actions.add(new ServerAction.AnswerExtension(parameters.extension()));
        }
        actions.add(new ServerAction.SendState(TestState.CREATE_STREAMS));
        return new ServerState.Step(
                new AwaitingStreams(parameters.test().streamCount(), longest), List.copyOf(actions));
    }

    /// iperf3 servers limit the length of tests of a known duration (server_timer_proc).
    private static @Nullable Duration longest(TestConfig config) {
        return switch (config.limit()) {
            case Limit.ForDuration(Duration length) ->
                length.plus(config.omit()).plus(GRACE);
            case Limit.ForBytes _, Limit.ForBlocks _, Limit.Endless _ -> null;
        };
    }

    private static ServerState.Step read(String json) {
        Parameters parameters;
        try {
            parameters = ParametersJson.read(json);
        } catch (InvalidSettingException e) {
            return ServerState.Step.fail(e.error(), "", e);
        }
        var request = new TestRequest(parameters, longest(parameters.test()));
        return ServerState.Step.to(new AwaitingCapacity(request), new ServerAction.CheckParameters(parameters));
    }
}
