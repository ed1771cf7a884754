package dev.pitot.lab.connection.console;

import dev.pitot.lab.node.Timeouts;
import java.time.Duration;

/// How long a console may take.
///
/// @param login from the open wire to a shell that answers
/// @param answer to one question; a serial line of 9600 baud takes a second for 960 characters
/// @param turn how long a new command waits for others to be asked
record ConsoleTimes(Duration login, Duration answer, Duration turn) {
    private static final Duration LONGEST_PIECE = Duration.ofSeconds(10);
    static final ConsoleTimes USUAL = of(Timeouts.USUAL);

    /// A question is a part of a command: what a line of 9600 baud needs for a piece is the least.
    static ConsoleTimes of(Timeouts timeouts) {
        return new ConsoleTimes(timeouts.login(), LONGEST_PIECE, timeouts.fetch());
    }
}
