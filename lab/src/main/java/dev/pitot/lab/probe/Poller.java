package dev.pitot.lab.probe;

import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Readings of a node, one after the other. Used by one thread; closing leaves nothing on the
/// node, as far as the connection allows it.
public sealed interface Poller extends AutoCloseable permits RemoteLoopPoller, OneShotPoller {
    /// What comes next.
    sealed interface Next {}

    /// One reading.
    ///
    /// @param arrival when its end was heard, by the wall clock
    /// @param arrivalNanos the same by the monotonic clock
    /// @param lines what was written
    record Block(Instant arrival, long arrivalNanos, List<String> lines) implements Next {
        public Block {
            lines = List.copyOf(lines);
        }
    }

    /// No more comes.
    ///
    /// @param reason a sentence
    record Lost(String reason) implements Next {}

    /// Waits for the next reading.
    ///
    /// @param timeout with a node that says nothing at all
    /// @return null if it said nothing for so long
    @Nullable Next next(Duration timeout) throws ConnectionException, InterruptedException;

    @Override
    void close();

    /// Begins: by a loop on the node if it can hold one, else by a command for each reading.
    static Poller open(CommandTarget target, Probe probe, Duration interval, Clocks clocks) throws ConnectionException {
        return probe instanceof Probe.ShellScript shell && !target.runsOneCommandAtATime()
                ? RemoteLoopPoller.open(target, shell, interval, clocks.monotonic())
                : new OneShotPoller(target, probe, interval, clocks);
    }

    /// Why a command that should go on is over.
    static Lost lost(CommandEnd end, CommandTarget target, @Nullable String lastLine) {
        String last = lastLine == null || lastLine.isBlank() ? "" : ": " + lastLine.strip();
        return new Lost(
                switch (end) {
                    case CommandEnd.Exited(int code) ->
                        "The command on " + target.name() + " ended with exit code " + code + last;
                    case CommandEnd.ConnectionLost(String reason) -> reason;
                    case CommandEnd.Abandoned _ -> "The command on " + target.name() + " was let go.";
                });
    }
}
