package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.SessionState;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.TestState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// State of a server's session. Each state handles the events expected in it; events that may occur at
/// any time are handled here.
sealed interface ServerState extends SessionState<ServerState, ServerAction>
        permits AwaitingCapacity,
                AwaitingTurn,
                AwaitingStreams,
                Running,
                AwaitingFailureCause,
                AwaitingReceiveDrain,
                AwaitingResults,
                AwaitingDatagrams,
                AwaitingOutput,
                AwaitingDone,
                Ended {
    /// Timeout of the control connection: for a client's next message (iperf 3.15 and later: 10 s without a byte, 30 s
    /// in total).
    Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /// Timeout for a client's next message while others wait (iperf 3.15 and later, which serve one
    /// client at a time).
    Duration SILENCE_TIMEOUT = Duration.ofSeconds(10);

    @Override
    Step on(Event event);

    @Override
    default @Nullable Duration timeout() {
        return ANSWER_TIMEOUT;
    }

    /// Returns null for a running test.
    @Override
    default @Nullable Duration evictionTimeout() {
        return SILENCE_TIMEOUT;
    }

    /// True if a test in this state ends soon while others wait, unless its client makes progress.
    default boolean isEvictable() {
        return evictionTimeout() != null;
    }

    /// Next state and the actions to perform.
    record Step(ServerState next, List<ServerAction> actions) implements Transition<ServerState, ServerAction> {
        static Step to(ServerState next, ServerAction... actions) {
            return new Step(next, List.of(actions));
        }

        static Step end(Ending ending) {
            return end(ending, null);
        }

        /// @param cause the exception beneath the end, or null
        static Step end(Ending ending, @Nullable Throwable cause) {
            return to(new Ended(ending, cause));
        }

        static Step fail(IperfError error, String reason) {
            return fail(error, reason, null);
        }

        static Step fail(IperfError error, String reason, @Nullable Throwable cause) {
            return end(new Ending.Failed(error, reason, false), cause);
        }

        /// Returns this step with further actions before its own.
        Step after(ServerAction... first) {
            List<ServerAction> all = new ArrayList<>(List.of(first));
            all.addAll(actions);
            return new Step(next, List.copyOf(all));
        }
    }

    /// Follows a test that goes well from the running state to the results. States are pure, so
    /// this does nothing but load them, before the test's clock starts.
    static void rehearse() {
        ServerState state = new Running(null);
        for (Event event :
                List.of(new Event.Message(new ControlMessage.State(TestState.TEST_END)), new Event.ConditionMet())) {
            state = state.on(event).next();
        }
    }

    /// Handles events that may occur in any state, and ends a test that gets any other.
    ///
    /// @param overdue the error for a timeout of `state`
    static Step otherwise(ServerState state, Event event, IperfError overdue) {
        return switch (event) {
            case Event.Message(var message) -> Step.end(unexpected(message));
            case Event.ControlClosed(var cause) -> Step.end(new Ending.PeerGone(), cause);
            case Event.Broken(var cause) -> Step.end(SessionFailure.of(cause).ending(), cause);
            case Event.StopRequested _ -> Step.end(new Ending.Cancelled(null));
            case Event.StreamFailed(var error, var reason, var cause) -> Step.fail(error, reason, cause);
            case Event.Stalled(var error, var reason, var cause) -> Step.fail(error, reason, cause);
            case Event.Overdue _ -> Step.fail(overdue, "Connection timed out");
            case Event.StreamArrived(var accepted) -> Step.to(state, new ServerAction.DenyStream(accepted));
            case Event.LimitReached _ -> Step.to(state); // only the client ends a test
            case Event.ConditionMet _ -> throw new IllegalStateException("unexpected event: " + event);
        };
    }

    /// Cancelled clients send the former; iperf3 clients that give up for another reason send the latter
    /// (iperf_client_api.c: iperf_client_end).
    private static boolean isFarewell(TestState state) {
        return state == TestState.CLIENT_TERMINATE || state == TestState.IPERF_DONE;
    }

    static Ending unexpected(ControlMessage message) {
        return message instanceof ControlMessage.State(TestState state) && isFarewell(state)
                ? new Ending.PeerTerminated()
                : new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false);
    }
}
