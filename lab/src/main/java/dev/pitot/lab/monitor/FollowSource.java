package dev.pitot.lab.monitor;

import dev.pitot.lab.probe.DurationText;
import dev.pitot.lab.probe.LineQueue;
import dev.pitot.lab.probe.MarkedLine;
import dev.pitot.lab.probe.NodeScript;
import dev.pitot.lab.probe.Poller;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of a command that goes on, such as `tail -F`.
///
/// @param silence after which a node with a POSIX shell counts as lost: it gives signs of life
record FollowSource(CommandTarget station, List<String> command, Duration silence, NanoClock clock)
        implements MonitorSource {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    FollowSource {
        command = List.copyOf(command);
    }

    @Override
    public String read(MonitorLog log) throws ConnectionException, InterruptedException {
        String mark = NodeScript.newMark();
        boolean hasShell = station.hasShell();
        List<String> words = hasShell ? NodeScript.follow(mark, command) : command;
        var lines = new Follower(mark, log);
        try (LineQueue queue = LineQueue.open(station, words, clock)) {
            return lines.follow(queue, hasShell ? silence : FOR_EVER);
        }
    }

    @Override
    public void close() {
        // the command was ended when its reading was
    }

    /// Puts the lines together. On a console, signs of life may come in the middle of a line.
    private final class Follower {
        private final String mark;
        private final MonitorLog log;
        private final StringBuilder begun = new StringBuilder();
        private @Nullable String errorLine;

        Follower(String mark, MonitorLog log) {
            this.mark = mark;
            this.log = log;
        }

        String follow(LineQueue queue, Duration timeout) throws InterruptedException {
            while (true) {
                switch (queue.next(timeout)) {
                    case null -> {
                        return station.name() + " said nothing for " + DurationText.text(timeout) + ".";
                    }
                    case LineQueue.Item.End(var end) -> {
                        return Poller.lost(end, station, errorLine).reason();
                    }
                    case LineQueue.Item.Received text -> onLine(text.line());
                }
            }
        }

        private void onLine(OutputLine line) {
            MarkedLine marked = MarkedLine.of(line.text(), mark);
            if ("beat".equals(marked.sentinel())) {
                begin(line, marked.text());
                log.contact(line.arrival());
            } else {
                switch (line.origin()) {
                    case OUT -> {
                        begin(line, line.text());
                        writeBegun(line);
                    }
                    case ERR -> {
                        errorLine = line.text();
                        log.errorLine(line.arrival(), line.text());
                    }
                }
            }
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
}
