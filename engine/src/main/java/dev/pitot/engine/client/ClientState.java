package dev.pitot.engine.client;

import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.SessionState;
import dev.pitot.model.error.Errno;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.TestState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// State of a client's session. Each state handles the events expected in it; events that may occur at
/// any time are handled here.
sealed interface ClientState extends SessionState<ClientState, ClientAction>
        permits AwaitingParameterRequest,
                AwaitingStreamRequest,
                OpeningStreams,
                AwaitingStart,
                AwaitingRunning,
                Running,
                AwaitingFailureCause,
                AwaitingDelivery,
                AwaitingExchange,
                AwaitingDatagrams,
                AwaitingResults,
                AwaitingDisplay,
                Ended {
    /// Timeout of the control connection in most states: an iperf 3.21 server that others keep busy with half-open
    /// handshakes may
    /// need 20 s.
    Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    @Override
    Step on(Event event);

    @Override
    default @Nullable Duration timeout() {
        return ANSWER_TIMEOUT;
    }

    /// Next state and the actions to perform.
    record Step(ClientState next, List<ClientAction> actions) implements Transition<ClientState, ClientAction> {
        static Step to(ClientState next, ClientAction... actions) {
            return new Step(next, List.of(actions));
        }

        static Step end(Ending ending) {
            return end(ending, null);
        }

        /// @param cause the exception beneath the end, or null
        static Step end(Ending ending, @Nullable Throwable cause) {
            return to(new Ended(ending, cause));
        }

        static Step fail(IperfError error, String reason, @Nullable Throwable cause) {
            return end(new Ending.Failed(error, reason, false), cause);
        }

        /// Returns this step with further actions before its own.
        Step after(ClientAction... first) {
            List<ClientAction> all = new ArrayList<>(List.of(first));
            all.addAll(actions);
            return new Step(next, List.copyOf(all));
        }
    }

    /// Follows a test that goes well from the opening of its streams to the end. States are pure,
    /// so this does nothing but load them, before the test's clock starts.
    static void rehearse() {
        ClientState state = new OpeningStreams();
        for (Event event : List.of(
                new Event.ConditionMet(),
                new Event.Message(new ControlMessage.State(TestState.TEST_START)),
                new Event.Message(new ControlMessage.State(TestState.TEST_RUNNING)),
                new Event.LimitReached(),
                new Event.ConditionMet(),
                new Event.Message(new ControlMessage.State(TestState.EXCHANGE_RESULTS)),
                new Event.ConditionMet())) {
            state = state.on(event).next();
        }
    }

    /// Handles events that may occur in any state, and ends a test that gets any other.
    static Step otherwise(Event event) {
        return switch (event) {
            case Event.Message(var message) -> Step.end(unexpected(message));
            case Event.ControlClosed(var cause) -> Step.end(new Ending.PeerGone(), cause);
            case Event.Broken(var cause) -> Step.end(SessionFailure.of(cause).ending(), cause);
            case Event.StopRequested _ -> Step.end(new Ending.Cancelled(null));
            case Event.StreamFailed(var error, var reason, var cause) -> Step.fail(error, reason, cause);
            case Event.Stalled(var error, var reason, var cause) -> Step.fail(error, reason, cause);
            case Event.Overdue _ -> Step.fail(IperfError.RECEIVE_MESSAGE, "Connection timed out", null);
            case Event.LimitReached _, Event.StreamArrived _, Event.ConditionMet _ ->
                throw new IllegalStateException("unexpected event: " + event);
        };
    }

    private static Ending unexpected(ControlMessage message) {
        return switch (message) {
            case ControlMessage.State(TestState state) ->
                switch (state) {
                    case SERVER_TERMINATE -> new Ending.PeerTerminated();
                    case ACCESS_DENIED -> new Ending.Busy();
                    case TEST_START,
                            TEST_RUNNING,
                            TEST_END,
                            PARAM_EXCHANGE,
                            CREATE_STREAMS,
                            CLIENT_TERMINATE,
                            EXCHANGE_RESULTS,
                            DISPLAY_RESULTS,
                            IPERF_DONE,
                            SERVER_ERROR -> new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false);
                };
            case ControlMessage.ServerError(int error, int errno) -> reported(error, errno);
            case ControlMessage.UnknownState _,
                    ControlMessage.Extension _,
                    ControlMessage.Parameters _,
                    ControlMessage.Results _ -> new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false);
            case ControlMessage.BadFrame frame -> new Ending.Failed(IperfError.RECEIVE_RESULTS, frame.reason(), false);
        };
    }

    private static Ending reported(int number, int errno) {
        IperfError error = IperfError.ofNumber(number);
        if (error == IperfError.NONE) {
            return new Ending.Failed(error, "the server aborted the test without giving a reason", true);
        }
        return error == null
                ? new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "int_errno=" + number, true)
                : new Ending.Failed(error, errno == 0 ? "" : Errno.text(errno), true);
    }
}
