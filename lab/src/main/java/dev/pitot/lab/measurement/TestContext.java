package dev.pitot.lab.measurement;

import dev.pitot.lab.node.EngineKind;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The surroundings of a test.
///
/// @param session whose processes these are, in the names of files on the nodes
/// @param portOffset added to the port that the program uses by itself, so that tests at once on
/// one machine do not meet; 0 or more
/// @param engine what measures at both ends; null for what the nodes have in common
/// @param deadline after which the client is ended; null for the larger of 120 s and 1.5 times the
/// test's length (apetools: IperfCommand.max_time)
/// @param beforeClient done when the server is ready, before the client starts
/// @param log receives what is done, a sentence at a time, from any thread
public record TestContext(
        String session,
        int portOffset,
        @Nullable EngineKind engine,
        @Nullable Duration deadline,
        BeforeClient beforeClient,
        Consumer<String> log) {
    /// A step that the client waits for, such as the begin of a rotation. It ends soon when the
    /// test is stopped: the stopping thread sees to that.
    @FunctionalInterface
    public interface BeforeClient {
        /// No step.
        BeforeClient NOTHING = () -> null;

        /// Carries the step out.
        ///
        /// @return null, or the sentence why the client must not start
        @Nullable String run() throws InterruptedException;
    }
}
