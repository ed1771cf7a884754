package dev.pitot.engine.session;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.TestState;
import java.io.IOException;

/// Something a session must react to. Whoever notices it puts it into the session's [Inbox].
public sealed interface Event {
    /// The peer said something on the control connection.
    record Message(ControlMessage message) implements Event {}

    /// The control connection ended or broke.
    record ControlClosed() implements Event {}

    /// A data connection came in for this test (servers only).
    record StreamArrived(Arrival arrival) implements Event {}

    /// A data connection broke.
    ///
    /// @param reason the system's
    /// @param cause what was thrown, for whoever embeds this program
    record StreamFailed(IperfError error, String reason, IOException cause) implements Event {
        /// Whether this is what ended the test.
        public boolean isEndOf(Ending ending) {
            return ending instanceof Ending.Failed(var endError, var endReason, boolean _)
                    && endError == error
                    && endReason.equals(reason);
        }
    }

    /// The test has moved or lasted what it should.
    record LimitReached() implements Event {}

    /// Nothing has moved for too long, or too much has.
    record Stalled(IperfError error, String reason) implements Event {}

    /// The state has lasted too long.
    record Overdue() implements Event {}

    /// Somebody at this end wants the test to stop; the session's [Cancellation] knows why.
    record StopRequested() implements Event {}

    /// Whether this is the peer's announcement of a state.
    default boolean isState(TestState state) {
        return this instanceof Message(ControlMessage.State(var received)) && received == state;
    }
}
