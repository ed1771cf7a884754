package dev.pitot.lab.connection.console;

import java.time.Duration;

/// How long a console may take.
///
/// @param login from the open wire to a shell that answers
/// @param answer to one question; a serial line of 9600 baud takes a second for 960 characters
/// @param turn how long a new command waits for others to be asked
record ConsoleTimes(Duration login, Duration answer, Duration turn) {
    static final ConsoleTimes USUAL =
            new ConsoleTimes(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(60));
}
