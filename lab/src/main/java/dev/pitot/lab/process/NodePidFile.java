package dev.pitot.lab.process;

import dev.pitot.lab.process.NodeCommands.CommandResult;
import dev.pitot.lab.remote.ConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The note on a node of what was started there under a mark: with it, and by the tag in their
/// environment, a program's processes are found and ended. Immutable; any thread may use it.
///
/// @param commands of the node
/// @param mark whose program it is
record NodePidFile(NodeCommands commands, ProcessTag mark) {
    private static final Duration KILLING = Duration.ofSeconds(20); // 5 s, on a node that is slow to look
    private static final int NOTE_TENTHS = 20; // a start may be overtaken by its end
    private static final int TENTH_MILLIS = 100;
    private static final int MAX_SHOWN = 300;

    /// What came of an end.
    ///
    /// @param ended how
    /// @param processes how many have ended
    /// @param survivors a sentence about processes that could not be ended; empty if there is none
    record Result(TerminationResult ended, int processes, String survivors) {}

    /// Where the note is; on Windows the name only, in the user's folder for such files.
    String path() {
        return commands.isPosix() ? commands.temporaryFolder() + "/" + mark.fileName() : mark.fileName();
    }

    /// The command that starts a program in a way that it can be found.
    List<String> start(boolean isDetached, List<String> command) {
        return commands.isPosix()
                ? ShellScripts.start(isDetached, path(), mark.tag(), command)
                : WindowsScripts.start(path(), mark.tag(), command);
    }

    /// Sends a signal to all processes of the program; none on Windows.
    ///
    /// @param name as `kill` takes it, such as INT, or `LOOK` for none, or `KEEP` for none, which removes
    ///     a note that is of no process any more
    /// @return whether there is one
    boolean signal(String name) throws ConnectionException, InterruptedException {
        return commands.isPosix()
                && "there"
                        .equals(answer(ShellScripts.end(path(), mark.tag(), name, 0), Duration.ZERO)
                                .getFirst());
    }

    /// Ends the program and all that came of it, in one command: asks it to, waits, kills it,
    /// waits, looks whether all are gone; then removes the note.
    ///
    /// @param grace between asking and killing; none: it is killed at once
    /// @param mayCome whether the note may still come, since the program was started just now
    /// @throws ConnectionException if the node cannot be reached, or does not answer
    Result end(Duration grace, BooleanSupplier mayCome) throws ConnectionException, InterruptedException {
        long tenths = Math.ceilDiv(grace.toMillis(), TENTH_MILLIS);
        long began = commands.clock().nanoTime();
        List<String> reported;
        boolean mayComeYet;
        do { // a slow login of the start's is waited for
            mayComeYet = commands.clock().nanoTime() - began
                            < commands.timeouts().command().toNanos()
                    && mayCome.getAsBoolean();
            int noteTenths = mayComeYet ? NOTE_TENTHS : 0;
            reported = answer(
                    commands.isPosix()
                            ? ShellScripts.end(path(), mark.tag(), Long.toString(tenths), noteTenths)
                            : WindowsScripts.end(path(), tenths, noteTenths),
                    grace.plus(KILLING));
        } while (reported.getFirst().equals("none") && mayComeYet);
        return result(reported);
    }

    private Result result(List<String> reported) {
        String first = reported.getFirst();
        if (first.startsWith("left ")) {
            String all = String.join(
                    ", ",
                    reported.stream()
                            .map(line -> "process " + line.substring("left ".length()))
                            .toList());
            return new Result(
                    TerminationResult.SURVIVED,
                    0,
                    commands.connection().name() + " still runs "
                            + (all.length() > MAX_SHOWN ? all.substring(0, MAX_SHOWN) + "…" : all)
                            + ", which cannot be ended: end it by hand there, or restart the node");
        }
        int processes = first.startsWith("gone ") ? Integer.parseInt(first.split(" ", -1)[1]) : 0;
        TerminationResult ended = first.endsWith(" 0") ? TerminationResult.TERMINATED : TerminationResult.KILLED;
        return new Result(processes > 0 ? ended : TerminationResult.BY_ITSELF, processes, "");
    }

    /// The lines that the script means for us, at least one: a console may print others.
    private List<String> answer(List<String> command, Duration more) throws ConnectionException, InterruptedException {
        CommandResult answer =
                commands.run(command, commands.timeouts().command().plus(more));
        List<String> reported = answer.out().stream()
                .map(String::strip)
                .filter(line -> line.matches("none|there|gone \\d{1,9} \\d{1,9}|left \\d+.*"))
                .toList();
        if (reported.isEmpty()) {
            List<String> lines = answer.err().isEmpty() ? answer.out() : answer.err();
            throw new ConnectionException(commands.connection().name() + " does not report whether the process of "
                    + path() + " runs" + (lines.isEmpty() ? "" : " (" + lines.getFirst() + ")") + ": end it by hand");
        }
        return reported;
    }
}
