package dev.pitot.lab.watch;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of a command that goes on, such as `tail -F`.
///
/// @param silence after which a node with a POSIX shell counts as lost: it gives signs of life
record FollowSource(Station station, List<String> command, Duration silence, NanoClock clock) implements Source {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    FollowSource {
        command = List.copyOf(command);
    }

    @Override
    public String read(Sheet sheet) throws ConnectionException, InterruptedException {
        String mark = NodeScript.newMark();
        boolean hasShell = station.hasShell();
        List<String> words = hasShell ? NodeScript.follow(mark, command) : command;
        var lines = new Follower(mark, sheet);
        try (Feed feed = Feed.open(station, words, clock)) {
            return lines.follow(feed, hasShell ? silence : FOR_EVER);
        }
    }

    @Override
    public void close() {
        // the command was ended when its reading was
    }

    /// Puts the lines together. On a console, signs of life may come in the middle of a line.
    private final class Follower {
        private final String mark;
        private final Sheet sheet;
        private final StringBuilder begun = new StringBuilder();
        private @Nullable String complaint;

        Follower(String mark, Sheet sheet) {
            this.mark = mark;
            this.sheet = sheet;
        }

        String follow(Feed feed, Duration patience) throws InterruptedException {
            while (true) {
                switch (feed.next(patience)) {
                    case null -> {
                        return station.name() + " said nothing for " + Durations.text(patience) + ".";
                    }
                    case Feed.Item.Over(var end) -> {
                        return Readings.lost(end, station, complaint).reason();
                    }
                    case Feed.Item.Text text -> onLine(text.line());
                }
            }
        }

        private void onLine(Line line) {
            MarkedLine marked = MarkedLine.of(line.text(), mark);
            if ("beat".equals(marked.sign())) {
                begin(line, marked.text());
                sheet.alive(line.arrival());
            } else {
                switch (line.origin()) {
                    case OUT -> {
                        begin(line, line.text());
                        writeBegun(line);
                    }
                    case ERR -> {
                        complaint = line.text();
                        sheet.complaint(line.arrival(), line.text());
                    }
                }
            }
        }

        /// A line that would be longer than any other is written in parts.
        private void begin(Line line, String text) {
            if (!begun.isEmpty() && begun.length() + text.length() > Line.MAX_CHARACTERS) {
                writeBegun(line);
            }
            begun.append(text);
        }

        private void writeBegun(Line line) {
            sheet.line(line.arrival(), begun.toString());
            begun.setLength(0);
        }
    }
}
