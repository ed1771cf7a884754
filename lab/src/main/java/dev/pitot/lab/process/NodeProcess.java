package dev.pitot.lab.process;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.connection.RunningCommand;
import dev.pitot.lab.system.OperatingSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A program that runs on a node and can always be ended, whether or not it says anything and
/// whatever became of the connection that started it. Whoever starts it calls [#end] when it is
/// done with it, also when it has ended by itself: a file on the node goes then. Any thread may
/// use it.
///
/// On Windows, where no process is noted, ending ends every process of the program's name.
public final class NodeProcess implements AutoCloseable {
    private final NodeCommands commands;
    private final RunningCommand running;
    private final @Nullable PidFile pidFile;
    private final String program;

    private NodeProcess(NodeCommands commands, RunningCommand running, @Nullable PidFile pidFile, String program) {
        this.commands = commands;
        this.running = running;
        this.pidFile = pidFile;
        this.program = program;
    }

    /// Starts a program.
    ///
    /// @param mark whose it is; one program at a time per mark
    /// @param command the program and its arguments
    /// @throws ConnectionException if the node cannot be reached; a program that is not there is
    ///     told by its end (exit code 127)
    public static NodeProcess start(NodeCommands commands, Mark mark, List<String> command, LineListener lines)
            throws ConnectionException {
        if (!commands.isPosix()) {
            RunningCommand running = commands.connection().start(command, lines);
            return new NodeProcess(commands, running, null, command.getFirst());
        }
        PidFile pidFile = PidFile.of(commands, mark);
        RunningCommand running =
                commands.connection().start(Scripts.words(Scripts.START, marked(pidFile, command)), lines);
        return new NodeProcess(commands, running, pidFile, command.getFirst());
    }

    /// Starts a program over a connection, with the machine's clock.
    public static NodeProcess start(
            Connection connection, OperatingSystem system, Mark mark, List<String> command, LineListener lines)
            throws ConnectionException {
        return start(new NodeCommands(connection, system), mark, command, lines);
    }

    /// Parameters of the scripts that start a program: the file, the program.
    static List<String> marked(PidFile pidFile, List<String> command) {
        List<String> words = new ArrayList<>();
        words.add(pidFile.path());
        words.addAll(command);
        return words;
    }

    /// Waits until the program has ended and all its lines were heard.
    ///
    /// @return how it ended; null if it goes on when the patience is over
    public @Nullable CommandEnd await(Duration patience) throws InterruptedException {
        return running.await(patience);
    }

    /// Asks the program for something by a signal, over a command of its own.
    ///
    /// @return whether it was there to hear it; on Windows always false
    public boolean signal(Signal signal) throws ConnectionException, InterruptedException {
        return pidFile != null && pidFile.signal(signal.name()) == PidFile.State.THERE;
    }

    /// What a program can be asked for.
    public enum Signal {
        /// As Ctrl-C: iperf3 and iperf tell what they have so far, and end.
        INT,
        /// To end.
        TERM,
        /// To end at once, without a word.
        KILL
    }

    /// Ends the program if it runs, verifies that it is gone, and removes its file from the node.
    /// Takes at most the patience, 5 s after killing, and what the node needs to answer.
    ///
    /// @param patience between asking it to end and killing it
    /// @return what it took
    /// @throws ConnectionException if that could not be done
    public Ended end(Duration patience) throws ConnectionException, InterruptedException {
        if (pidFile == null) {
            if (running.await(Duration.ZERO) instanceof CommandEnd.Exited) {
                return Ended.BY_ITSELF;
            }
            return endByName(patience);
        }
        return pidFile.end(patience, this::isUnderWay);
    }

    private Ended endByName(Duration patience) throws ConnectionException, InterruptedException {
        NamedProcesses.Tally tally = new NamedProcesses(commands).end(NamedProcesses.baseName(program), patience);
        if (!tally.survivors().isEmpty()) {
            return Ended.SURVIVED;
        }
        if (tally.killed() > 0) {
            return Ended.KILLED;
        }
        return tally.ended() > 0 ? Ended.TERMINATED : Ended.BY_ITSELF;
    }

    private boolean isUnderWay() {
        try {
            return running.await(Duration.ZERO) == null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the next wait of the caller's tells
            return false;
        }
    }

    /// Lets the program go without ending it. After [#end] this only tidies up here.
    @Override
    public void close() {
        running.close();
    }
}
