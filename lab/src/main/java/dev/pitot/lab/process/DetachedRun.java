package dev.pitot.lab.process;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.process.NodeCommands.Answer;
import java.time.Duration;
import java.util.List;

/// A program that runs on a node in the background, without a connection: its output stays in
/// files on the node, and is fetched when the program is over. Immutable; any thread may use it.
public final class DetachedRun {
    private static final int NO_FOLDER = 126;
    private static final Duration GRACE = Duration.ofSeconds(1); // of what nobody will ask for

    private final NodeCommands commands;
    private final PidFile pidFile;
    private volatile String survivors = "";

    private DetachedRun(PidFile pidFile) {
        this.commands = pidFile.commands();
        this.pidFile = pidFile;
    }

    /// Starts a program. The connection may be closed afterwards.
    ///
    /// @param mark whose it is; one program at a time per mark
    /// @throws ConnectionException if that is not possible; a program that is not there is told
    /// by
    ///     what is fetched
    public static DetachedRun start(NodeCommands commands, Mark mark, List<String> command)
            throws ConnectionException, InterruptedException {
        if (!commands.isPosix()) {
            throw new ConnectionException(commands.connection().name()
                    + " runs Windows, where detached runs are not possible: leave out 'daemon'");
        }
        // a second attempt after a lost connection would start a second program: this one has
        // only one
        var pidFile = new PidFile(commands, mark);
        List<String> words = pidFile.start(true, command);
        var run = new DetachedRun(pidFile);
        CommandEnd end;
        try {
            end = commands.attempt(words, _ -> {}, NodeCommands.PATIENCE);
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
            case CommandEnd.LetGo() ->
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
    private static <E extends Exception> E discarded(DetachedRun run, E cause) throws InterruptedException {
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
    /// @param patience between asking it to end and killing it
    public Ended end(Duration patience) throws ConnectionException, InterruptedException {
        PidFile.Result result = pidFile.end(patience, () -> false);
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
    /// @param patience for each of the two
    public void fetch(LineListener lines, Duration patience) throws ConnectionException, InterruptedException {
        fetch(".out", Line.Origin.OUT, lines, patience);
        fetch(".err", Line.Origin.ERR, lines, patience);
    }

    private void fetch(String suffix, Line.Origin origin, LineListener lines, Duration patience)
            throws ConnectionException, InterruptedException {
        List<String> command = List.of("cat", pidFile.path() + suffix);
        var fetched = new Fetched(origin, lines);
        CommandEnd end = attempt(command, fetched, patience);
        if (end instanceof CommandEnd.ConnectionLost) {
            fetched.startAgain();
            end = commands.attempt(command, fetched, patience);
        }
        if (!(end instanceof CommandEnd.Exited(int code)) || code != 0) {
            throw new ConnectionException("the output " + pidFile.path() + suffix + " could not be fetched from "
                    + commands.connection().name() + ": it is still there");
        }
    }

    private CommandEnd attempt(List<String> command, Fetched fetched, Duration patience) throws InterruptedException {
        try {
            return commands.attempt(command, fetched, patience);
        } catch (ConnectionException e) {
            return new CommandEnd.ConnectionLost(String.valueOf(e.getMessage()));
        }
    }

    /// Removes the output from the node.
    public void remove() throws ConnectionException, InterruptedException {
        Answer answer = commands.run(List.of("rm", "-f", pidFile.path() + ".out", pidFile.path() + ".err"));
        if (!answer.succeeded()) {
            throw new ConnectionException(commands.connection().name() + " cannot remove " + pidFile.path()
                    + ".out and .err: remove them by hand");
        }
    }

    /// Hands on the lines of `cat`'s standard output, each once however often it is run.
    private static final class Fetched implements LineListener {
        private final Line.Origin origin;
        private final LineListener lines;
        private long handedOn;
        private long toSkip;

        Fetched(Line.Origin origin, LineListener lines) {
            this.origin = origin;
            this.lines = lines;
        }

        synchronized void startAgain() {
            toSkip = handedOn;
        }

        @Override
        public synchronized void onLine(Line line) {
            if (line.origin() == Line.Origin.ERR) {
                return; // cat's own complaint: its exit code tells
            }
            if (toSkip > 0) {
                toSkip--;
                return;
            }
            handedOn++;
            lines.onLine(new Line(line.arrival(), origin, line.text()));
        }
    }
}
