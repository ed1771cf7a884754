package dev.pitot.lab.watch;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.ConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Readings of a node, one after the other. Used by one thread; closing leaves nothing on the
/// node, as far as the connection allows it.
sealed interface Readings extends AutoCloseable permits LoopReadings, TurnReadings {
    /// What comes next.
    sealed interface Next {}

    /// One reading.
    ///
    /// @param arrival when its end was heard, by the wall clock
    /// @param heardNanos the same by the monotonic clock
    /// @param lines what was written
    record Block(Instant arrival, long heardNanos, List<String> lines) implements Next {
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
    /// @param patience with a node that says nothing at all
    /// @return null if it said nothing for so long
    @Nullable Next next(Duration patience) throws ConnectionException, InterruptedException;

    @Override
    void close();

    /// Begins: by a loop on the node if it can hold one, else by a command for each reading.
    static Readings open(Station station, Question question, Duration interval, Clocks clocks)
            throws ConnectionException {
        return question instanceof Question.Shell shell && !station.takesTurns()
                ? LoopReadings.open(station, shell, interval, clocks.monotonic())
                : new TurnReadings(station, question, interval, clocks);
    }

    /// Why a command that should go on is over.
    static Lost lost(CommandEnd end, Station station, @Nullable String lastLine) {
        String last = lastLine == null || lastLine.isBlank() ? "" : ": " + lastLine.strip();
        return new Lost(
                switch (end) {
                    case CommandEnd.Exited(int code) ->
                        "The command on " + station.name() + " ended with exit code " + code + last;
                    case CommandEnd.ConnectionLost(String reason) -> reason;
                    case CommandEnd.LetGo _ -> "The command on " + station.name() + " was let go.";
                });
    }
}
