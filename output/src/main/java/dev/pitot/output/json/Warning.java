package dev.pitot.output.json;

import dev.pitot.model.event.TestEvent;
import dev.pitot.output.Lines;

/// What a person sees besides JSON: warnings, on standard error. Debugging text has no place in
/// JSON: iperf
/// 3.21 prints it between the JSON, which nothing can read then.
final class Warning {
    private Warning() {}

    static void print(TestEvent.Note note, Lines warnings) {
        if (note.level() == TestEvent.Level.WARNING) {
            warnings.print("warning: " + note.text());
        }
    }
}
