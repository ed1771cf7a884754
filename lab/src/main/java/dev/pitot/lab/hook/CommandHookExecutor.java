package dev.pitot.lab.hook;

import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.probe.NumberText;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.process.RemoteProcess;
import dev.pitot.lab.process.TerminationResult;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.OutputLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs the command of a hook and reads its output. Used by one thread.
final class CommandHookExecutor {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final CommandTarget target;
    private final List<String> hookCommand;
    private final Map<String, String> environment;
    private final LineListener output;
    private final String name;

    /// A command that is not run yet.
    ///
    /// @param words with their placeholders filled
    /// @param environment added to the command's, where there is a POSIX shell
    /// @param output is called with each line of the command
    CommandHookExecutor(
            CommandTarget target, List<String> words, Map<String, String> environment, LineListener output) {
        this.target = target;
        this.hookCommand = words;
        this.environment = environment;
        this.output = output;
        name = "the hook " + words.getFirst() + " (on " + target.name() + ")";
    }

    /// @param isLeft whether the program, which has ended well, may leave processes running: then the
    ///     caller ends them later
    HookResult run(Duration timeout, Predicate<RemoteProcess> isLeft) throws InterruptedException {
        var written = new StandardOutput(output);
        try (RemoteProcess process = target.start("hook", environment, hookCommand, written::onLine)) {
            try {
                return result(process, written, timeout, isLeft);
            } catch (InterruptedException e) { // ending it takes longer than an interrupt may
                String _ = end(process, Duration.ZERO);
                throw e;
            }
        } catch (ConnectionException e) {
            return HookResult.failed(name + " was not run: " + e.getMessage());
        }
    }

    private HookResult result(
            RemoteProcess process, StandardOutput written, Duration timeout, Predicate<RemoteProcess> isLeft)
            throws InterruptedException {
        CommandEnd end = process.await(timeout);
        HookResult result = switch (end) {
            case null -> HookResult.failed("timed out waiting for " + name + " for " + NumberText.seconds(timeout));
            case CommandEnd.Exited(int code) when code == 0 -> written.result().of(name);
            case CommandEnd.Exited(int code) -> HookResult.failed(failure(code, written.err()));
            case CommandEnd.ConnectionLost(String reason) ->
                HookResult.failed(name + " lost its connection: " + reason);
            case CommandEnd.Abandoned _ -> HookResult.failed(name + " was stopped.");
        };
        result = written.isFlood() ? flooded(result) : result;
        if (result.failure() == null && isOver(process, isLeft)) {
            return result;
        }
        String survivors = end(process, end == null ? GRACE : Duration.ZERO);
        return survivors.isEmpty() ? result : result.noting(survivors);
    }

    private HookResult flooded(HookResult result) {
        String flood = "it wrote more than " + Hook.MAX_LOGGED_BYTES / 1024 + " KiB, and the rest is not in its log";
        return result.failure() == null ? result.noting(flood) : result.failing(result.failure() + " (" + flood + ")");
    }

    /// Whether nothing of a program is to be ended now: it has left nothing, or is to be ended later.
    private static boolean isOver(RemoteProcess process, Predicate<RemoteProcess> isLeft) throws InterruptedException {
        try {
            return !process.hasLeftProcesses() || isLeft.test(process);
        } catch (ConnectionException _) {
            return false; // its end reports it
        }
    }

    /// Ends all that came of a hook's program.
    ///
    /// @return what could not be ended, a sentence; empty if all is gone
    static String end(RemoteProcess process, Duration grace) throws InterruptedException {
        try {
            TerminationResult _ = process.end(grace);
            return process.survivors();
        } catch (ConnectionException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String failure(int code, @Nullable String complaint) {
        return name + " failed with exit code " + code + (complaint == null ? "." : ": " + complaint);
    }

    /// The lines of a command. Written by the thread of the connection, read when that is done.
    private static final class StandardOutput {
        private static final int MAX_CHARACTERS = 500;
        private final LineListener output;
        private final HookOutputParser parser = new HookOutputParser();
        private @Nullable String err;
        private long bytes;

        StandardOutput(LineListener output) {
            this.output = output;
        }

        synchronized void onLine(OutputLine line) {
            output.onLine(line);
            bytes += line.text().getBytes(StandardCharsets.UTF_8).length + 1;
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

        synchronized HookResult result() {
            return parser.result();
        }

        synchronized boolean isFlood() {
            return bytes > Hook.MAX_LOGGED_BYTES;
        }

        synchronized @Nullable String err() {
            return err;
        }
    }
}
