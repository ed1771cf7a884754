package dev.pitot.engine.session;

import dev.pitot.model.error.IperfError;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.TestState;
import org.jspecify.annotations.Nullable;

/// Something a session must react to. Whoever notices it puts it into the session's [Inbox].
public sealed interface Event {
    /// The peer said something on the control connection.
    record Message(ControlMessage message) implements Event {}

    /// The control connection ended or broke.
    ///
    /// @param cause what was thrown when it broke; null if the other end closed it
    record ControlClosed(@Nullable Throwable cause) implements Event {
        /// The other end closed it.
        public ControlClosed() {
            this(null);
        }
    }

    /// A thread of the session met a fault of this program, or a machine at its end.
    record Broken(Throwable cause) implements Event {}

    /// A data connection came in for this test (servers only).
    record StreamArrived(Arrival<?> arrival) implements Event {}

    /// A data connection broke.
    ///
    /// @param reason the system's
    /// @param cause what was thrown, for whoever embeds this program
    record StreamFailed(IperfError error, String reason, Throwable cause) implements Event {}

    /// The test has moved or lasted what it should.
    record LimitReached() implements Event {}

    /// Nothing has moved for too long, or too much has.
    ///
    /// @param cause what was thrown where that was noticed; null if nothing was
    record Stalled(
            IperfError error, String reason, @Nullable Throwable cause) implements Event {
        /// Noticed without an exception.
        public Stalled(IperfError error, String reason) {
            this(error, reason, null);
        }
    }

    /// The [AwaitedCondition] of the state is met.
    record ConditionMet() implements Event {}

    /// The state has lasted too long.
    record Overdue() implements Event {}

    /// Somebody at this end wants the test to stop; the session's [Cancellation] knows why.
    record StopRequested() implements Event {}

    /// Whether this is the peer's announcement of a state.
    default boolean isState(TestState state) {
        return this instanceof Message(ControlMessage.State(var received)) && received == state;
    }
}
