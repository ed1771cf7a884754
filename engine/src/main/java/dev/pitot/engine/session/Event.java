package dev.pitot.engine.session;

import dev.pitot.model.error.IperfError;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.TestState;
import org.jspecify.annotations.Nullable;

/// Event that a session must react to. The thread that detects it puts it into the session's [EventQueue].
public sealed interface Event {
    /// Message of the peer on the control connection.
    record Message(ControlMessage message) implements Event {}

    /// End or failure of the control connection.
    ///
    /// @param cause the exception if it broke; null if the other end closed it
    record ControlClosed(@Nullable Throwable cause) implements Event {
        /// Creates the event of a connection that the other end closed.
        public ControlClosed() {
            this(null);
        }
    }

    /// A thread of the session failed because of a bug or exhausted memory.
    record Broken(Throwable cause) implements Event {}

    /// Data connection for this test (servers only).
    record StreamArrived(AcceptedConnection<?> accepted) implements Event {}

    /// Failure of a data connection.
    ///
    /// @param reason the system's
    /// @param cause the exception, for the embedding program
    record StreamFailed(IperfError error, String reason, Throwable cause) implements Event {}

    /// The test has transferred or lasted what was agreed.
    record LimitReached() implements Event {}

    /// Nothing was transferred for too long, or too much was.
    ///
    /// @param cause the exception that revealed it, or null
    record Stalled(
            IperfError error, String reason, @Nullable Throwable cause) implements Event {
        /// Creates an event without an exception.
        public Stalled(IperfError error, String reason) {
            this(error, reason, null);
        }
    }

    /// The [AwaitedCondition] of the state is met.
    record ConditionMet() implements Event {}

    /// The state has reached its timeout.
    record Overdue() implements Event {}

    /// This end wants to cancel the test; the session's [Cancellation] has the reason.
    record StopRequested() implements Event {}

    /// True if this is the peer's message with the given state.
    default boolean isState(TestState state) {
        return this instanceof Message(ControlMessage.State(var received)) && received == state;
    }
}
