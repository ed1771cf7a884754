package dev.pitot.lab.measurement;

import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.Row;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one end of a test.
///
/// @param ending how it ended
/// @param elapsed from its start to its end
/// @param failedNanos of its node's clock: when it first complained of an error; without one, when its end
/// was known
/// @param totals what the program reports of the whole test, in its order
/// @param errors what the program complained of, in its order
/// @param lastLine what it wrote last for people, on standard error if it wrote there, at most 200
/// characters; null for nothing
public record CommandReport(
        Ending ending,
        Duration elapsed,
        long failedNanos,
        List<Row> totals,
        List<ProgramError> errors,
        @Nullable String lastLine) {
    public CommandReport {
        totals = List.copyOf(totals);
        errors = List.copyOf(errors);
    }

    /// How a command ended.
    public sealed interface Ending {
        /// The program ended by itself.
        record Exited(int code) implements Ending {}

        /// It was stopped from outside.
        record Stopped() implements Ending {}

        /// It took longer than it may, and was ended.
        ///
        /// @param allowed how long it might have taken
        record TimedOut(Duration allowed) implements Ending {}

        /// The connection to the node was lost.
        record ConnectionLost(String reason) implements Ending {}

        /// It could not be started.
        record NotStarted(String reason) implements Ending {}
    }

    /// The first complaint that is an error; an address in use is a warning (apetools: validate).
    public @Nullable ProgramError error() {
        return errors.stream()
                .filter(error -> error.kind() != ErrorKind.ADDRESS_IN_USE)
                .findFirst()
                .orElse(null);
    }
}
