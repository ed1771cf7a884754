package dev.pitot.lab.measurement;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.ErrorKind;
import org.jspecify.annotations.Nullable;

/// What became of a test on two nodes.
///
/// @param engine what measured at the client; null if it came not to that
/// @param sender the sending end's report; null if nothing was run there
/// @param receiver the receiving end's report; null if nothing was run there
/// @param failure why the test could not be measured to its end; null if it was
public record TestOutcome(
        @Nullable EngineKind engine,
        @Nullable CommandReport sender,
        @Nullable CommandReport receiver,
        @Nullable Failure failure) {
    /// Why a test could not be measured to its end.
    ///
    /// @param isStopped whether it was stopped from outside, which is nobody's fault
    /// @param kind what kind, where it is known
    /// @param reason one sentence
    public record Failure(boolean isStopped, @Nullable ErrorKind kind, String reason) {
        static Failure of(String reason) {
            return new Failure(false, null, reason);
        }

        static Failure stopped() {
            return new Failure(true, null, "stopped");
        }
    }
}
