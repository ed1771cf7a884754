package dev.pitot.lab.watch;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.RunningCommand;
import java.time.Duration;
import java.util.UUID;

/// Ends what was started on a node by one of our scripts.
final class NodeProcess {
    /// Long enough for a connection to be made, short enough for the second in which all must be
    /// over.
    private static final Duration PATIENCE = Duration.ofMillis(900);

    private static final Duration PATIENCE_IF_LOST = Duration.ofSeconds(2);

    private NodeProcess() {}

    /// A name that no other process has.
    static String newMark(String what) {
        return "pitot-" + what + "-" + UUID.randomUUID().toString().substring(0, 13);
    }

    /// Ends a script's process and its children, as far as the connection allows it.
    ///
    /// @param pid as the script told it; if it is not known, nothing is ended
    static void end(Connection connection, ScriptPid pid, String signal) {
        if (pid.number() <= 1) {
            return;
        }
        try (RunningCommand command = connection.start(NodeScript.end(pid.number(), pid.mark(), signal), _ -> {})) {
            command.await(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // whoever called is to end, too
        } catch (ConnectionException _) {
            // not to be reached: a loop ends itself when nobody hears it
        }
    }

    /// Like the other, where the connection may be slow to come back: it is given up after 2 s.
    static void endOfLost(Connection connection, ScriptPid pid, String signal) throws InterruptedException {
        Thread thread = Thread.ofVirtual().name("hook-end").start(() -> end(connection, pid, signal));
        try {
            thread.join(PATIENCE_IF_LOST);
        } finally {
            thread.interrupt();
        }
    }
}
