package dev.pitot.lab.watch;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.connection.RunningCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs the command of a hook and hears its last words. Used by one thread.
final class CommandErrand {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Station place;
    private final List<String> words;
    private final Map<String, String> environment;
    private final String name;

    /// A command that is not run yet.
    ///
    /// @param words with their placeholders filled
    /// @param environment added to the command's, where there is a POSIX shell
    CommandErrand(Station place, List<String> words, Map<String, String> environment) {
        this.place = place;
        this.words = words;
        this.environment = environment;
        name = "The hook " + words.getFirst() + " (on " + place.name() + ")";
    }

    Said run(Duration patience) throws InterruptedException {
        String mark = NodeProcess.newMark("hook");
        List<String> command = place.hasShell() ? NodeScript.command(mark, words, environment) : words;
        var heard = new LastWords(mark);
        try (RunningCommand running = place.connection().start(command, heard::onLine)) {
            return said(running, heard, patience);
        } catch (ConnectionException e) {
            return Said.failed(name + " was not run: " + e.getMessage());
        }
    }

    private Said said(RunningCommand running, LastWords heard, Duration patience) throws InterruptedException {
        CommandEnd end;
        try {
            end = running.await(patience);
        } catch (InterruptedException e) {
            NodeProcess.end(place.connection(), heard.pid(), "KILL");
            throw e;
        }
        return switch (end) {
            case null -> {
                endAtNode(running, heard);
                yield Said.failed(name + " was ended because it took longer than " + Durations.text(patience) + ".");
            }
            case CommandEnd.Exited(int code) when code == 0 -> Said.done(heard.out());
            case CommandEnd.Exited(int code) -> Said.failed(failure(code, heard.err()));
            case CommandEnd.ConnectionLost(String reason) -> {
                // it may go on at the node, where nothing of it is heard any more
                NodeProcess.endOfLost(place.connection(), heard.pid(), "KILL");
                yield Said.failed(name + " lost its connection: " + reason);
            }
            case CommandEnd.LetGo _ -> Said.failed(name + " was stopped.");
        };
    }

    private String failure(int code, @Nullable String complaint) {
        return name + " failed with exit code " + code + (complaint == null ? "." : ": " + complaint);
    }

    private void endAtNode(RunningCommand running, LastWords heard) throws InterruptedException {
        Connection connection = place.connection();
        NodeProcess.end(connection, heard.pid(), "TERM");
        if (running.await(GRACE) == null) {
            NodeProcess.end(connection, heard.pid(), "KILL");
        }
    }

    /// The last lines of a command that are not empty. Written by the thread that hears, read by
    /// the one that waits.
    private static final class LastWords {
        private static final int MAX_CHARACTERS = 500;

        private final ScriptPid pid;
        private volatile @Nullable String out;
        private volatile @Nullable String err;

        LastWords(String mark) {
            pid = new ScriptPid(mark);
        }

        void onLine(Line line) {
            if (pid.hears(line)) {
                return;
            }
            String text = line.text().strip();
            if (text.isEmpty()) {
                return;
            }
            String kept = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "…" : text;
            switch (line.origin()) {
                case OUT -> out = kept;
                case ERR -> err = kept;
            }
        }

        ScriptPid pid() {
            return pid;
        }

        @Nullable String out() {
            return out;
        }

        @Nullable String err() {
            return err;
        }
    }
}
