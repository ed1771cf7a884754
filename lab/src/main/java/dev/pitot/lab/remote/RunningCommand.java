package dev.pitot.lab.remote;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A command that was started on a node. Any thread may use it.
public interface RunningCommand extends AutoCloseable {
    /// Waits until the command has ended and all its lines were heard.
    ///
    /// @return how it ended; null if it goes on when the patience is over
    @Nullable CommandEnd await(Duration timeout) throws InterruptedException;

    /// How long no byte of its output has come; since its start before the first. Long where that is not
    /// known, as if nothing were on its way.
    default Duration silence() {
        return ChronoUnit.FOREVER.getDuration();
    }

    /// Lets the command go within a second, whatever the node does: nothing is heard of it any
    /// more, and it counts as [CommandEnd.Abandoned] if it had not ended. It may go on at the node.
    @Override
    void close();
}
