package dev.pitot.lab.monitor;

import dev.pitot.lab.probe.LongCommand;
import dev.pitot.lab.remote.OutputLine;
import org.jspecify.annotations.Nullable;

/// Writes the lines of a command that goes on, such as `tail -F`. On a console, signs of life may come in
/// the middle of a line. Belongs to the thread of one connection.
final class Follower implements LongCommand.Listener {
    private final MonitorLog log;
    private final StringBuilder begun = new StringBuilder();

    Follower(MonitorLog log) {
        this.log = log;
    }

    @Override
    public @Nullable String onLine(OutputLine line, String text, LongCommand.@Nullable Sign sign) {
        if (sign != null) {
            begin(line, text);
            log.contact(line.arrival());
        } else if (line.origin() == OutputLine.Origin.OUT) {
            begin(line, text);
            writeBegun(line);
        } else {
            log.errorLine(line.arrival(), text);
        }
        return null;
    }

    /// A line that would be longer than any other is written in parts.
    private void begin(OutputLine line, String text) {
        if (!begun.isEmpty() && begun.length() + text.length() > OutputLine.MAX_CHARACTERS) {
            writeBegun(line);
        }
        begun.append(text);
    }

    private void writeBegun(OutputLine line) {
        log.line(line.arrival(), begun.toString());
        begun.setLength(0);
    }
}
