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

/// What a server waits for in one test. Each state knows what may come next and what to do then;
/// whatever may come at any time is handled here, once.
sealed interface ServerState extends SessionState<ServerState, ServerAction>
        permits AwaitingRoom,
                AwaitingTurn,
                AwaitingStreams,
                Running,
                Doubting,
                AwaitingRemainder,
                AwaitingResults,
                AwaitingDatagrams,
                AwaitingOutput,
                AwaitingDone,
                Ended {
    /// How long a client may think (iperf 3.15 and later: 10 s without a byte, 30 s in all).
    Duration ANSWER_PATIENCE = Duration.ofSeconds(30);

    /// How long a client may think while others wait (iperf 3.15 and later, which have no others).
    Duration SILENCE_PATIENCE = Duration.ofSeconds(10);

    @Override
    Step on(Event event);

    @Override
    default @Nullable Duration patience() {
        return ANSWER_PATIENCE;
    }

    /// Null for a test that runs.
    @Override
    default @Nullable Duration evictionTimeout() {
        return SILENCE_PATIENCE;
    }

    /// Whether a test in this state ends soon if others wait, unless its client moves.
    default boolean isEvictable() {
        return evictionTimeout() != null;
    }

    /// The state that follows, and what to do on the way.
    record Step(ServerState next, List<ServerAction> actions) implements Transition<ServerState, ServerAction> {
        static Step to(ServerState next, ServerAction... actions) {
            return new Step(next, List.of(actions));
        }

        static Step end(Ending ending) {
            return end(ending, null);
        }

        /// @param cause what was thrown, or null
        static Step end(Ending ending, @Nullable Throwable cause) {
            return to(new Ended(ending, cause));
        }

        static Step fail(IperfError error, String reason) {
            return fail(error, reason, null);
        }

        static Step fail(IperfError error, String reason, @Nullable Throwable cause) {
            return end(new Ending.Failed(error, reason, false), cause);
        }

        /// The same, with an action before the others.
        Step after(ServerAction... first) {
            List<ServerAction> all = new ArrayList<>(List.of(first));
            all.addAll(actions);
            return new Step(next, List.copyOf(all));
        }
    }

    /// What may come in any state, and the end of a test that got anything else.
    ///
    /// @param overdue what it means that `state` has lasted too long
    static Step otherwise(ServerState state, Event event, IperfError overdue) {
        return switch (event) {
            case Event.Message(var message) -> Step.end(unexpected(message));
            case Event.ControlClosed(var cause) -> Step.end(new Ending.PeerGone(), cause);
            case Event.Broken(var cause) -> Step.end(SessionFailure.of(cause).ending(), cause);
            case Event.StopRequested _ -> Step.end(new Ending.Cancelled(null));
            case Event.StreamFailed(var error, var reason, var cause) -> Step.fail(error, reason, cause);
            case Event.Stalled(var error, var reason, var cause) -> Step.fail(error, reason, cause);
            case Event.Overdue _ -> Step.fail(overdue, "Connection timed out");
            case Event.StreamArrived(var arrival) -> Step.to(state, new ServerAction.DenyStream(arrival));
            case Event.LimitReached _ -> Step.to(state); // only the client ends a test
            case Event.ConditionMet _ -> throw new IllegalStateException("not now: " + event);
        };
    }

    /// Clients that were stopped say the former, those of iperf's that give up for another reason the
    /// latter (iperf_client_api.c: iperf_client_end).
    private static boolean isFarewell(TestState state) {
        return state == TestState.CLIENT_TERMINATE || state == TestState.IPERF_DONE;
    }

    static Ending unexpected(ControlMessage message) {
        return message instanceof ControlMessage.State(TestState state) && isFarewell(state)
                ? new Ending.PeerTerminated()
                : new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false);
    }
}
