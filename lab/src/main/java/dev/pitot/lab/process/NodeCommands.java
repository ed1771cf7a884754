package dev.pitot.lab.process;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.Query;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.remote.RunningCommand;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Short commands on a node: each is bounded, and is tried a second time when the connection was
/// lost. Immutable; any thread may use it.
///
/// @param connection to the node
/// @param system what the node runs
/// @param clock measures timeouts
/// @param timeouts how long the node may take
/// @param temporaryFolder where small files are kept on the node
public record NodeCommands(
        NodeConnection connection,
        OperatingSystem system,
        NanoClock clock,
        NodeTimeouts timeouts,
        String temporaryFolder) {

    private static final String NUMBERED =
            "numbered() { while IFS= read -r l || [ -n \"$l\" ]; do echo \"$1 $l\"; done; }; ";
    private static final int MAX_SILENCES = 10; // of output that never ceases
    private static final int MAX_CHARACTERS =
            4 << 20; // of the output of a short command; a device may write without end

    /// Those of a node of a plan.
    ///
    /// @param control timeouts and the folder
    public NodeCommands(NodeConnection connection, OperatingSystem system, Node.Control control) {
        this(
                connection,
                system,
                new MachineClock(),
                control.timeouts(),
                control.temporaryFolder() == null ? OsAdapter.of(system).temporaryFolder() : control.temporaryFolder());
    }

    /// With the usual timeouts and folder.
    public NodeCommands(NodeConnection connection, OperatingSystem system) {
        this(connection, system, Node.Control.DEFAULT);
    }

    /// What a command answered.
    ///
    /// @param code its exit code
    /// @param out the lines of its standard output; on a console those of standard error, too
    /// @param err the lines of its standard error
    public record CommandResult(int code, List<String> out, List<String> err) {
        public CommandResult {
            out = List.copyOf(out);
            err = List.copyOf(err);
        }

        public boolean succeeded() {
            return code == 0;
        }
    }

    /// Runs a command within the node's timeout for short ones.
    public CommandResult run(List<String> command) throws ConnectionException, InterruptedException {
        return run(command, timeouts.command());
    }

    /// Runs a command to its end.
    ///
    /// @throws ConnectionException if the node cannot be reached, or does not answer in time
    public CommandResult run(List<String> command, Duration timeout) throws ConnectionException, InterruptedException {
        List<String> words = telling(command);
        CommandAttempt outcome = once(words, timeout);
        if (outcome.answer == null && outcome.isLost) {
            outcome = once(words, timeout);
        }
        if (outcome.answer == null) {
            throw new ConnectionException(outcome.reason);
        }
        return outcome.answer;
    }

    /// What came of one attempt.
    ///
    /// @param answer null if there is none
    /// @param isLost whether the connection was lost, or could not be had
    /// @param reason why there is no answer
    private record CommandAttempt(@Nullable CommandResult answer, boolean isLost, String reason) {}

    private CommandAttempt once(List<String> words, Duration timeout) throws InterruptedException {
        var output = new LineCollector();
        try {
            CommandEnd end = attempt(words, output, timeout);
            if (output.isTooMuch()) {
                return new CommandAttempt(
                        null, false, connection.name() + ": the command's output exceeds 4 MiB: look at the node");
            }
            return switch (end) {
                case CommandEnd.Exited(int code) -> new CommandAttempt(output.answer(code), false, "");
                case CommandEnd.ConnectionLost(String reason) -> new CommandAttempt(null, true, reason);
                case CommandEnd.Abandoned() ->
                    new CommandAttempt(
                            null,
                            false,
                            connection.name() + " did not answer within " + timeout.toMillis()
                                    + " ms: look whether the node is alive"
                                    + (timeout.equals(timeouts.command())
                                            ? ", and raise 'timeouts: {command: …}' for a slow one"
                                            : ""));
            };
        } catch (ConnectionException e) {
            return new CommandAttempt(null, true, String.valueOf(e.getMessage()));
        }
    }

    /// Runs short commands side by side, by one command of the node where it has a POSIX shell, within
    /// the node's timeout for short ones.
    ///
    /// @return the lines of both outputs of each
    public List<List<String>> runAll(List<List<String>> commands) throws ConnectionException, InterruptedException {
        List<List<String>> all = new ArrayList<>();
        if (!isPosix()) {
            for (List<String> command : commands) {
                CommandResult answer = run(command);
                all.add(Stream.concat(answer.out().stream(), answer.err().stream())
                        .toList());
            }
            return all;
        }
        var script = new StringBuilder(NUMBERED);
        for (List<String> command : commands) {
            script.append("(")
                    .append(OsAdapter.of(system).commandLine(command))
                    .append(") 2>&1 </dev/null | numbered ")
                    .append(all.size())
                    .append(" & ");
            all.add(new ArrayList<>());
        }
        for (String line : run(List.of("sh", "-c", script + "wait")).out()) {
            String[] words = line.split(" ", 2);
            if (words.length == 2 && words[0].matches("[0-9]{1,3}") && Integer.parseInt(words[0]) < all.size()) {
                all.get(Integer.parseInt(words[0])).add(words[1]);
            }
        }
        return all;
    }

    /// Asks the node something.
    ///
    /// @return null if none of the commands reports it
    public <T> @Nullable T query(Query<T> query) throws ConnectionException, InterruptedException {
        for (Query.QueryCommand<T> way : query.commands()) {
            T value = way.reader().read(String.join("\n", run(way.command()).out()));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /// One attempt, whose lines are passed on as they arrive.
    ///
    /// @param timeout for the whole command
    /// @return how it ended: not null
    /// @throws ConnectionException if it cannot be started
    CommandEnd attempt(List<String> words, LineListener lines, Duration timeout)
            throws ConnectionException, InterruptedException {
        try (RunningCommand running = connection.start(words, lines)) {
            CommandEnd end = running.await(timeout);
            return end == null ? new CommandEnd.Abandoned() : end;
        }
    }

    /// One attempt at a command that may write much.
    ///
    /// @param silence the longest without a new byte; ten times as long is the longest for all
    CommandEnd transfer(List<String> words, LineListener lines, Duration silence)
            throws ConnectionException, InterruptedException {
        long began = clock.nanoTime();
        try (RunningCommand running = connection.start(words, lines)) {
            CommandEnd end = running.await(silence);
            while (end == null
                    && running.silence().compareTo(silence) < 0
                    && (clock.nanoTime() - began) / MAX_SILENCES < silence.toNanos()) {
                end = running.await(silence.minus(running.silence()).plusMillis(1));
            }
            return end == null ? new CommandEnd.Abandoned() : end;
        }
    }

    /// Whether a POSIX shell is there.
    boolean isPosix() {
        return system != OperatingSystem.WINDOWS;
    }

    /// The command as it is started: so that its exit code shows a missing program
    /// (127), whatever the connection.
    private List<String> telling(List<String> command) {
        return isPosix() ? ShellScripts.words("exec \"$@\"", command) : List.copyOf(command);
    }

    /// Lines of a short command. Written by the connection's thread, read when that is done.
    private static final class LineCollector implements LineListener {
        private final List<String> out = new ArrayList<>();
        private final List<String> err = new ArrayList<>();
        private int characters;

        @Override
        public synchronized void onLine(OutputLine line) {
            characters += line.text().length() + 1;
            if (!isTooMuch()) {
                (line.origin() == OutputLine.Origin.OUT ? out : err).add(line.text());
            }
        }

        synchronized boolean isTooMuch() {
            return characters < 0 || characters > MAX_CHARACTERS;
        }

        synchronized CommandResult answer(int code) {
            return new CommandResult(code, out, err);
        }
    }
}
