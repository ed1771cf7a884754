package dev.pitot.lab.probe;

import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.process.RemoteProcess;
import dev.pitot.lab.process.TerminationResult;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A command that goes on at a node, within a script of its POSIX shell that ends itself when nobody
/// reads it any more. What the script itself writes begins with a mark, its `$0`. Runs once; used by one
/// thread.
public final class LongCommand {
    /// Between two signs of life: so long a loop may outlive a connection that was lost.
    private static final int BEAT_SECONDS = 2;

    /// A shell that dies of SIGPIPE at the echo would leave the command behind: so it is ignored. The
    /// signs of life go to standard error, so that they do not part the command's lines.
    private static final String FOLLOW = "\"$@\" & c=$!; trap '' PIPE; while kill -0 $c 2>/dev/null; do sleep "
            + BEAT_SECONDS
            + "; echo \"$0 beat\" >&2 || { kill $c; exit 0; }; done; wait $c";

    private final CommandTarget target;
    private final NanoClock clock;
    private final List<String> words;
    private final String mark;
    private final boolean isLoop;
    private final CompletableFuture<String> over = new CompletableFuture<>();
    private volatile long heardNanos;
    private volatile String last = "";

    /// What a script writes itself.
    public enum Sign {
        /// The end of a reading.
        END,
        /// A sign of life.
        BEAT
    }

    /// A listener to the lines, one at a time, on the thread of the connection.
    public interface Listener {
        /// A line.
        ///
        /// @param text what the command wrote; before a sign what it has not ended with a line's end
        /// @param sign null for none
        /// @return null to go on, else the result of [#run]
        @Nullable String onLine(OutputLine line, String text, @Nullable Sign sign);
    }

    private LongCommand(CommandTarget target, NanoClock clock, boolean isLoop, String script, List<String> command) {
        this.target = target;
        this.clock = clock;
        this.isLoop = isLoop;
        mark = "pitot-mark-" + UUID.randomUUID().toString().substring(0, 13);
        List<String> all = new ArrayList<>(target.hasShell() ? List.of("sh", "-c", script, mark) : List.of());
        all.addAll(command);
        words = List.copyOf(all);
    }

    /// A command that is run again and again, with a sign behind each reading.
    static LongCommand loop(Poller poller) {
        String script = "while :; do \"$@\" 2>&1; echo \"$0 end\" || exit 0; " + naps(poller.interval()) + "done";
        return new LongCommand(poller.target(), poller.clocks().monotonic(), true, script, poller.command());
    }

    /// A command that goes on by itself, such as `tail -F`.
    public static LongCommand follow(CommandTarget target, List<String> command, NanoClock clock) {
        return new LongCommand(target, clock, false, FOLLOW, command);
    }

    /// Waits in steps, with a sign of life after each but the last. Some shells' `sleep` knows
    /// whole seconds only.
    private static String naps(Duration interval) {
        long beatMillis = BEAT_SECONDS * 1000L;
        long steps = Math.max(0, (interval.toMillis() - 1) / beatMillis);
        long rest = interval.toMillis() - steps * beatMillis;
        String beats = "n=" + steps + "; while [ $n -gt 0 ]; do sleep " + BEAT_SECONDS
                + "; echo \"$0 beat\" || exit 0; n=$((n-1)); done; ";
        String exact = String.format(Locale.ROOT, "%d.%03d", rest / 1000, rest % 1000);
        String nap = rest % 1000 == 0
                ? "sleep " + rest / 1000
                : "sleep " + exact + " 2>/dev/null || sleep " + Math.max(1, (rest + 500) / 1000);
        return (steps == 0 ? "" : beats) + nap + "; ";
    }

    /// Runs it until it ends, is silent for too long, or nobody wants more; then what it has started is
    /// ended.
    ///
    /// @param silence after which a node with a POSIX shell counts as lost; before its first line, the
    ///     node's timeout for a login is added
    /// @param timeout in all
    /// @return why it was lost, a sentence, or what the listener returns; empty if the time is over
    public String run(Listener listener, Duration silence, Duration timeout)
            throws ConnectionException, InterruptedException {
        long began = clock.nanoTime();
        heardNanos = began + target.commands().timeouts().login().toNanos();
        RemoteProcess process = target.start("monitor", Map.of(), words, line -> onLine(line, listener));
        try (process) {
            Thread.ofVirtual().name("monitor-end").start(() -> awaitEnd(process));
            try {
                return await(began, silence, timeout);
            } finally {
                close("");
                end(process);
            }
        }
    }

    private String await(long began, Duration silence, Duration timeout) throws InterruptedException {
        while (true) {
            long now = clock.nanoTime();
            long untilLost = target.hasShell() ? silence.toNanos() - (now - heardNanos) : Long.MAX_VALUE;
            long left = timeout.toNanos() - (now - began);
            if (untilLost <= 0 || left <= 0) {
                return left <= 0 ? "" : target.name() + " wrote nothing for " + NumberText.seconds(silence) + ".";
            }
            try {
                return over.get(Math.min(untilLost, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                // a line may have come meanwhile
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private synchronized void onLine(OutputLine line, Listener listener) {
        heardNanos = clock.nanoTime();
        if (over.isDone()) {
            return;
        }
        int at = line.text().lastIndexOf(mark + " ");
        String text = at < 0 ? line.text() : line.text().substring(0, at);
        String word =
                at < 0 ? "" : line.text().substring(at + mark.length() + 1).strip();
        Sign sign = switch (word) {
            case "end" -> Sign.END;
            case "beat" -> Sign.BEAT;
            default -> null;
        };
        if (sign == Sign.END) {
            last = "";
        } else if (sign == null && (isLoop || line.origin() == OutputLine.Origin.ERR)) {
            last = text;
        }
        try {
            String result = listener.onLine(line, text, sign);
            if (result != null) {
                over.complete(result);
            }
        } catch (RuntimeException e) { // the connection would drop it
            over.completeExceptionally(e);
        }
    }

    private void awaitEnd(RemoteProcess process) {
        try {
            CommandEnd end = process.await(Poller.FOR_EVER);
            String why = last.isBlank() ? "" : ": " + last.strip();
            close(
                    switch (end) {
                        case CommandEnd.Exited(int code) ->
                            "The command on " + target.name() + " ended with exit code " + code + why;
                        case CommandEnd.ConnectionLost(String reason) -> reason;
                        case CommandEnd.Abandoned _ -> "The command on " + target.name() + " was let go.";
                        case null -> "";
                    });
        } catch (InterruptedException _) {
            // nobody interrupts this thread; if so, it is to end
        }
    }

    /// Later lines are ignored.
    private synchronized void close(String result) {
        over.complete(result);
    }

    private static void end(RemoteProcess process) {
        boolean isInterrupted = Thread.interrupted(); // ending it is worth the while
        try {
            TerminationResult _ = process.end(Duration.ZERO);
        } catch (ConnectionException _) {
            // not to be reached: a loop ends itself when nobody reads it
        } catch (InterruptedException _) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
