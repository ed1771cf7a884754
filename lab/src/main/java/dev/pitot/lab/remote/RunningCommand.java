package dev.pitot.lab.remote;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A command that was started on a node. Any thread may use it.
public interface RunningCommand extends AutoCloseable {
    /// Waits until the command has ended and all its lines were received.
    ///
    /// @return how it ended; null if it goes on after the timeout
    @Nullable CommandEnd await(Duration timeout) throws InterruptedException;

    /// How long no byte of its output has come; since its start before the first. Long where that is not
    /// known, as if nothing were on its way.
    default Duration silence() {
        return ChronoUnit.FOREVER.getDuration();
    }

    /// Lets the command go within a second, whatever the node does: its listener gets no more
    /// lines, and it counts as [CommandEnd.Abandoned] if it had not ended. It may go on at the node.
    @Override
    void close();
}
