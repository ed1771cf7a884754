package dev.pitot.lab.process;

import dev.pitot.lab.process.NodeCommands.CommandResult;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.OutputLine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A program that runs on a node in the background, without a connection: its output stays in
/// files on the node, and is fetched when the program is over. Immutable; any thread may use it.
public final class DetachedProcess {
    private static final int NO_FOLDER = 126;
    private static final Duration GRACE = Duration.ofSeconds(1); // of what nobody will ask for

    private final NodeCommands commands;
    private final NodePidFile pidFile;
    private volatile String survivors = "";

    private DetachedProcess(NodePidFile pidFile) {
        this.commands = pidFile.commands();
        this.pidFile = pidFile;
    }

    /// Starts a program. The connection may be closed afterwards.
    ///
    /// @param tag whose it is; one program at a time per mark
    /// @throws ConnectionException if that is not possible; a missing program is reported by the
    ///     output that is fetched
    public static DetachedProcess start(NodeCommands commands, ProcessTag tag, List<String> command)
            throws ConnectionException, InterruptedException {
        if (!commands.isPosix()) {
            throw new ConnectionException(commands.connection().name()
                    + " runs Windows, where detached runs are not possible: leave out 'daemon'");
        }
        // a second attempt after a lost connection would start a second program: this one has
        // only one
        var pidFile = new NodePidFile(commands, tag);
        List<String> words = pidFile.start(true, command);
        var run = new DetachedProcess(pidFile);
        CommandEnd end;
        try {
            end = commands.attempt(words, _ -> {}, commands.timeouts().command());
        } catch (InterruptedException e) {
            throw discarded(run, e);
        }
        switch (end) {
            case CommandEnd.Exited(int code) -> {
                if (code != 0) {
                    throw new ConnectionException(commands.connection().name() + " cannot write to "
                            + commands.temporaryFolder() + (code == NO_FOLDER ? "" : " (exit code " + code + ")")
                            + ": make room there");
                }
            }
            case CommandEnd.ConnectionLost(String reason) -> throw discarded(run, new ConnectionException(reason));
            case CommandEnd.Abandoned() ->
                throw discarded(
                        run,
                        new ConnectionException(commands.connection().name()
                                + " did not start a detached program in time: look whether the node is alive"));
        }
        return run;
    }

    /// Nobody will ask for what was just being started.
    ///
    /// @return the cause
    private static <E extends Exception> E discarded(DetachedProcess run, E cause) throws InterruptedException {
        try {
            run.pidFile.end(GRACE, () -> true);
            run.remove();
        } catch (ConnectionException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    /// Whether the program runs.
    public boolean isRunning() throws ConnectionException, InterruptedException {
        return pidFile.signal("LOOK");
    }

    /// Ends the program if it runs, and verifies that it is gone. Its output stays.
    ///
    /// @param timeout between asking it to end and killing it
    public TerminationResult end(Duration timeout) throws ConnectionException, InterruptedException {
        NodePidFile.Result result = pidFile.end(timeout, () -> false);
        survivors = result.survivors();
        return result.ended();
    }

    /// A sentence about the processes that the last [#end] left; empty if all are gone.
    public String survivors() {
        return survivors;
    }

    /// Fetches what the program wrote: all of standard output, then all of standard error. Lines
    /// carry the time at which they were fetched. After a lost connection it goes on where it
    /// was.
    ///
    /// @param timeout without a new byte
    public void fetch(LineListener lines, Duration timeout) throws ConnectionException, InterruptedException {
        fetch(".out", OutputLine.Origin.OUT, lines, timeout);
        fetch(".err", OutputLine.Origin.ERR, lines, timeout);
    }

    private void fetch(String suffix, OutputLine.Origin origin, LineListener lines, Duration timeout)
            throws ConnectionException, InterruptedException {
        List<String> command = List.of("cat", pidFile.path() + suffix);
        var fetched = new OutputForwarder(origin, lines);
        CommandEnd end = attempt(command, fetched, timeout);
        if (end instanceof CommandEnd.ConnectionLost) {
            fetched.startAgain();
            end = commands.transfer(command, fetched, timeout);
        }
        fetched.forwardHeld();
        if (!(end instanceof CommandEnd.Exited(int code)) || code != 0) {
            throw new ConnectionException("the output " + pidFile.path() + suffix + " could not be fetched from "
                    + commands.connection().name() + ": it is still there");
        }
    }

    private CommandEnd attempt(List<String> command, OutputForwarder fetched, Duration timeout)
            throws InterruptedException {
        try {
            return commands.transfer(command, fetched, timeout);
        } catch (ConnectionException e) {
            return new CommandEnd.ConnectionLost(String.valueOf(e.getMessage()));
        }
    }

    /// Removes the output from the node.
    public void remove() throws ConnectionException, InterruptedException {
        CommandResult answer = commands.run(List.of("rm", "-f", pidFile.path() + ".out", pidFile.path() + ".err"));
        if (!answer.succeeded()) {
            throw new ConnectionException(commands.connection().name() + " cannot remove " + pidFile.path()
                    + ".out and .err: remove them by hand");
        }
    }

    /// Forwards the lines of `cat`'s standard output, each once however often it is run. The last line is held
    /// until the end is known: a lost connection may have cut it off.
    private static final class OutputForwarder implements LineListener {
        private final OutputLine.Origin origin;
        private final LineListener lines;
        private long forwarded;
        private long toSkip;
        private @Nullable OutputLine held;

        OutputForwarder(OutputLine.Origin origin, LineListener lines) {
            this.origin = origin;
            this.lines = lines;
        }

        synchronized void startAgain() {
            toSkip = forwarded;
            held = null;
        }

        synchronized void forwardHeld() {
            if (held != null) {
                forwarded++;
                lines.onLine(new OutputLine(held.arrival(), origin, held.text()));
                held = null;
            }
        }

        @Override
        public synchronized void onLine(OutputLine line) {
            if (line.origin() == OutputLine.Origin.ERR) {
                return; // cat's own error message: its exit code is enough
            }
            if (toSkip > 0) {
                toSkip--;
                return;
            }
            forwardHeld();
            held = line;
        }
    }
}
