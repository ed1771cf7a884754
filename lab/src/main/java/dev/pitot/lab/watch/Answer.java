package dev.pitot.lab.watch;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of asking a node once.
///
/// @param lines of both outputs
/// @param last the last line of all, with its times; null if there was none
/// @param trouble why there is no answer, a sentence; null if there is one
/// @param isSilent whether that is because the node said nothing for too long
record Answer(
        List<String> lines,
        Feed.Item.@Nullable Text last,
        @Nullable String trouble,
        boolean isSilent) {
    Answer {
        lines = List.copyOf(lines);
    }

    /// Asks. A command that does not end is ended at the node, if that takes more than one at a
    /// time.
    ///
    /// @param patience with a node that says nothing at all
    static Answer ask(Station station, Question question, Duration patience, NanoClock clock)
            throws ConnectionException, InterruptedException {
        String mark = NodeProcess.newMark("watch");
        List<String> command = switch (question) {
            case Question.Shell shell -> NodeScript.once(mark, shell);
            case Question.Words(List<String> words) -> words;
        };
        var asking = new Asking(station, mark, patience);
        try (Feed feed = Feed.open(station.connection(), command, clock)) {
            return asking.answer(feed);
        } finally {
            if (!station.takesTurns()) {
                NodeProcess.end(station.connection(), asking.pid, "KILL");
            }
        }
    }

    /// Hears an answer. Used by one thread.
    private static final class Asking {
        private final Station station;
        private final Duration patience;
        private final BlockLines lines = new BlockLines();
        private Feed.Item.@Nullable Text last;
        private final ScriptPid pid;

        Asking(Station station, String mark, Duration patience) {
            this.station = station;
            pid = new ScriptPid(mark);
            this.patience = patience;
        }

        Answer answer(Feed feed) throws InterruptedException {
            while (true) {
                switch (feed.next(patience)) {
                    case null -> {
                        return none(station.name() + " said nothing for " + Durations.text(patience) + ".", true);
                    }
                    case Feed.Item.Over(CommandEnd end) -> {
                        pid.forget();
                        return end instanceof CommandEnd.Exited
                                ? new Answer(lines.take(), last, null, false)
                                : none(Readings.lost(end, station, lines.last()).reason(), false);
                    }
                    case Feed.Item.Text text -> {
                        last = text;
                        if (!fits(text.line())) {
                            return none("What " + station.name() + " writes for one reading is too long.", false);
                        }
                    }
                }
            }
        }

        private boolean fits(Line line) {
            return pid.hears(line) || lines.add(line.text());
        }

        private Answer none(String trouble, boolean isSilent) {
            return new Answer(List.of(), last, trouble, isSilent);
        }
    }
}
