package dev.pitot.output.json;

import dev.pitot.model.event.TestEvent;
import dev.pitot.output.Lines;

/// Prints warnings to standard error beside the JSON. Debug messages are left out: iperf 3.21
/// prints them into the JSON, which no parser can then read.
final class Warning {
    private Warning() {}

    static void print(TestEvent.Note note, Lines warnings) {
        if (note.level() == TestEvent.Level.WARNING) {
            warnings.print("warning: " + note.text());
        }
    }
}
