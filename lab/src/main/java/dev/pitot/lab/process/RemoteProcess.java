package dev.pitot.lab.process;

import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.RunningCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A program that runs on a node and can always be ended with all that it has started, whether or
/// not it writes anything and whatever became of the connection that started it. Its standard input
/// is empty. The caller calls [#end] when done with it, also when it has ended by itself:
/// what it has left behind goes then, and its note. Any thread may use it.
///
/// On POSIX it has a session of its own where the node has `setsid` (or Perl), and a tag in its
/// environment; on Windows it is noted by PowerShell, and its tree of processes is ended.
public final class RemoteProcess implements AutoCloseable {
    private final NodePidFile note;
    private final RunningCommand running;
    private volatile String survivors = "";

    private RemoteProcess(NodePidFile note, RunningCommand running) {
        this.note = note;
        this.running = running;
    }

    /// Starts a program.
    ///
    /// @param tag whose it is; one program at a time per mark
    /// @param command the program and its arguments
    /// @throws ConnectionException if the node cannot be reached; a program that is not there is
    ///     reported by its end (exit code 127)
    public static RemoteProcess start(NodeCommands commands, ProcessTag tag, List<String> command, LineListener lines)
            throws ConnectionException {
        var note = new NodePidFile(commands, tag);
        return new RemoteProcess(note, commands.connection().start(note.start(false, command), lines));
    }

    /// Starts a program with additions to its environment, which need a POSIX shell on the node:
    /// elsewhere they are left out.
    public static RemoteProcess start(
            NodeCommands commands,
            ProcessTag tag,
            Map<String, String> environment,
            List<String> command,
            LineListener lines)
            throws ConnectionException {
        if (environment.isEmpty() || !commands.isPosix()) {
            return start(commands, tag, command, lines);
        }
        List<String> words = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command);
        return start(commands, tag, words, lines);
    }

    /// Waits until the program has ended and all its lines were received.
    ///
    /// @return how it ended; null if it goes on after the timeout
    public @Nullable CommandEnd await(Duration timeout) throws InterruptedException {
        return running.await(timeout);
    }

    /// How long no byte of its output has come; see [RunningCommand#silence].
    public Duration silence() {
        return running.silence();
    }

    /// Ends the program if it runs, and all processes that came of it; verifies that they are
    /// gone, and removes its note from the node. Takes at most the grace, 5 s after killing, and
    /// what the node needs to answer.
    ///
    /// @param grace between asking it to end and killing it; none kills it at once
    /// @return what it took; after [TerminationResult#SURVIVED], [#survivors] names them
    /// @throws ConnectionException if that could not be done
    public TerminationResult end(Duration grace) throws ConnectionException, InterruptedException {
        NodePidFile.Result result = note.end(grace, this::isUnderWay);
        survivors = result.survivors();
        return result.ended();
    }

    /// Whether processes that the program has started go on behind its end; if none does, its note goes.
    /// On Windows they are ended.
    ///
    /// @throws ConnectionException if the node does not answer
    public boolean hasLeftProcesses() throws ConnectionException, InterruptedException {
        if (note.commands().isPosix()) {
            return note.signal("KEEP");
        }
        TerminationResult _ = end(Duration.ZERO);
        return false;
    }

    /// A sentence about the processes that the last [#end] left, by pid and command; empty if all
    /// are gone.
    public String survivors() {
        return survivors;
    }

    private boolean isUnderWay() {
        try {
            return running.await(Duration.ZERO) == null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the caller's next wait throws
            return false;
        }
    }

    /// Lets the program go without ending it. After [#end] this only tidies up here.
    @Override
    public void close() {
        running.close();
    }
}
