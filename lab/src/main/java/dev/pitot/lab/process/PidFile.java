package dev.pitot.lab.process;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.process.NodeCommands.Answer;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The file on a node that says which process a program is. Immutable; any thread may use it.
///
/// @param commands of the node, with `sh`
/// @param path where the file is
record PidFile(NodeCommands commands, String path) {
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration NOTE_PATIENCE = Duration.ofSeconds(2); // a start may be overtaken by its end
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);
    private static final String LOOK_ONLY = "0";
    private static final List<String> STATES = List.of("none", "gone", "there", "refused");

    static PidFile of(NodeCommands commands, Mark mark) {
        return new PidFile(commands, commands.temporaryFolder() + "/" + mark.fileName());
    }

    /// What there is of the process.
    enum State {
        /// No file of ours tells.
        NONE,
        /// It has ended.
        GONE,
        /// It runs, and a signal was sent to it if one was asked for.
        THERE,
        /// It runs, but belongs to another user.
        REFUSED
    }

    State look() throws ConnectionException, InterruptedException {
        return signal(LOOK_ONLY);
    }

    /// Sends a signal.
    ///
    /// @param name as `kill` takes it: TERM, KILL, INT
    State signal(String name) throws ConnectionException, InterruptedException {
        Answer answer = commands.run(Scripts.words(Scripts.SIGNAL, List.of(path, name)));
        String state = NodeCommands.firstOf(answer.out(), STATES);
        if (state == null) {
            throw new ConnectionException(commands.connection().name() + " cannot tell whether the process of " + path
                    + " runs" + said(answer) + ": end it by hand");
        }
        return switch (state) {
            case "gone" -> State.GONE;
            case "there" -> State.THERE;
            case "refused" -> State.REFUSED;
            default -> State.NONE;
        };
    }

    private static String said(Answer answer) {
        List<String> lines = answer.err().isEmpty() ? answer.out() : answer.err();
        return lines.isEmpty() ? "" : " (" + lines.getFirst() + ")";
    }

    /// Ends the process: asks it to, waits, kills it, waits; and removes the file unless it has
    /// survived.
    ///
    /// @param patience between asking and killing; however short it is, the file is waited for
    /// @param mayCome whether the file may still come, since the program was started just now
    /// @throws ConnectionException if the node cannot be reached, or the process belongs to
    /// another
    ///     user
    Ended end(Duration patience, BooleanSupplier mayCome) throws ConnectionException, InterruptedException {
        State state = signal("TERM");
        Duration forNote = patience.compareTo(NOTE_PATIENCE) < 0 ? NOTE_PATIENCE : patience;
        var polling = new Polling(commands.clock(), FIRST_LOOK, forNote);
        while (state == State.NONE && mayCome.getAsBoolean() && polling.again()) {
            state = signal("TERM");
        }
        Ended ended = switch (state) {
            case NONE, GONE -> Ended.BY_ITSELF;
            case THERE -> afterTerm(patience);
            case REFUSED ->
                throw new ConnectionException(commands.connection().name() + " may not end the process of " + path
                        + ", which belongs to another user: end it by hand");
        };
        if (ended != Ended.SURVIVED) {
            remove();
        }
        return ended;
    }

    private Ended afterTerm(Duration patience) throws ConnectionException, InterruptedException {
        if (isGoneWithin(patience)) {
            return Ended.TERMINATED;
        }
        return signal("KILL") != State.THERE || isGoneWithin(KILL_PATIENCE) ? Ended.KILLED : Ended.SURVIVED;
    }

    private boolean isGoneWithin(Duration patience) throws ConnectionException, InterruptedException {
        var polling = new Polling(commands.clock(), FIRST_LOOK, patience);
        while (look() == State.THERE) {
            if (!polling.again()) {
                return false;
            }
        }
        return true;
    }

    void remove() throws ConnectionException, InterruptedException {
        commands.run(List.of("rm", "-f", path));
    }
}
