package dev.pitot.lab.watch;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.connection.LineListener;
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
    private final LineListener output;
    private final String name;

    /// A command that is not run yet.
    ///
    /// @param words with their placeholders filled
    /// @param environment added to the command's, where there is a POSIX shell
    /// @param output is called with each line of the command
    CommandErrand(Station place, List<String> words, Map<String, String> environment, LineListener output) {
        this.place = place;
        this.words = words;
        this.environment = environment;
        this.output = output;
        name = "the hook " + words.getFirst() + " (on " + place.name() + ")";
    }

    HookResult run(Duration patience) throws InterruptedException {
        String mark = NodeProcess.newMark("hook");
        List<String> command = place.hasShell() ? NodeScript.command(mark, words, environment) : words;
        var heard = new LastWords(mark, output);
        try (RunningCommand running = place.connection().start(command, heard::onLine)) {
            return said(running, heard, patience);
        } catch (ConnectionException e) {
            return HookResult.failed(name + " was not run: " + e.getMessage());
        }
    }

    private HookResult said(RunningCommand running, LastWords heard, Duration patience) throws InterruptedException {
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
                yield HookResult.failed("timed out waiting for " + name + " for " + Durations.text(patience));
            }
            case CommandEnd.Exited(int code) when code == 0 -> reported(heard.result());
            case CommandEnd.Exited(int code) -> HookResult.failed(failure(code, heard.err()));
            case CommandEnd.ConnectionLost(String reason) -> {
                // it may go on at the node, where nothing of it is heard any more
                NodeProcess.endOfLost(place.connection(), heard.pid(), "KILL");
                yield HookResult.failed(name + " lost its connection: " + reason);
            }
            case CommandEnd.LetGo _ -> HookResult.failed(name + " was stopped.");
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

    private HookResult reported(HookResult result) {
        return result.failure() == null ? result : result.failing(name + " failed: " + result.failure());
    }

    /// The lines of a command. Written by the thread of the connection, read when that is done.
    private static final class LastWords {
        private static final int MAX_CHARACTERS = 500;
        private final ScriptPid pid;
        private final LineListener output;
        private final HookOutputParser parser = new HookOutputParser();
        private @Nullable String err;

        LastWords(String mark, LineListener output) {
            pid = new ScriptPid(mark);
            this.output = output;
        }

        synchronized void onLine(Line line) {
            if (pid.hears(line)) {
                return;
            }
            output.onLine(line);
            switch (line.origin()) {
                case OUT -> parser.line(line.text());
                case ERR -> {
                    String text = line.text().strip();
                    if (!text.isEmpty()) {
                        err = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "…" : text;
                    }
                }
            }
        }

        ScriptPid pid() {
            return pid;
        }

        synchronized HookResult result() {
            return parser.result();
        }

        synchronized @Nullable String err() {
            return err;
        }
    }
}
