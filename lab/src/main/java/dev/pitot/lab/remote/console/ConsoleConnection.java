package dev.pitot.lab.remote.console;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.RunningCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A connection through a console, whatever carries it. The console is asked one question at a
/// time: who starts a command waits for the others' questions, not for their commands. Any
/// thread may use it. A console that was lost is opened anew by the next command.
final class ConsoleConnection implements NodeConnection {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration MAX_PAUSE = Duration.ofMillis(250);
    private static final Duration FAREWELL = Duration.ofMillis(300);
    private static final Duration TURN_AT_CLOSE = Duration.ofMillis(600);
    private static final Duration CLOSE = Duration.ofMillis(700); // the turn and the farewell together
    private static final int MAX_SILENT_POLLS = 3;

    private final String name;
    private final OperatingSystem system;
    private final ConsoleTransport.Opener opener;
    private final ConsoleShell.Settings settings;
    private final InstantSource wallClock;
    private final ReentrantLock turn = new ReentrantLock(true); // or much output of one would keep the others out
    private final Set<ConsoleCommand> commands = ConcurrentHashMap.newKeySet();
    private volatile @Nullable OpenShell session;
    private volatile @Nullable String lostFolder;
    private volatile boolean isClosed;
    private int started;

    /// The shell while the line holds.
    private record OpenShell(ConsoleShell shell, BackgroundJobs files) {}

    ConsoleConnection(
            String name,
            OperatingSystem system,
            ConsoleTransport.Opener opener,
            ConsoleShell.Settings settings,
            InstantSource wallClock) {
        this.name = name;
        this.system = system;
        this.opener = opener;
        this.settings = settings;
        this.wallClock = wallClock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        checkSystem();
        try {
            if (!turn.tryLock(settings.times().exclusive().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ConnectionException(name + " is busy for more than "
                        + settings.times().exclusive().toSeconds() + " s: use fewer watchers on this console");
            }
            try {
                return started(command, lines);
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) { // somebody wants an end
            Thread.currentThread().interrupt();
            throw new ConnectionException(name + " was given up while a command was started", e);
        }
    }

    private void checkSystem() throws ConnectionException {
        switch (system) {
            case LINUX, ANDROID, MACOS -> {}
            case WINDOWS, IOS ->
                throw new ConnectionException(
                        name + " cannot be used by a console: only systems with a POSIX shell can, so use ssh");
        }
    }

    private RunningCommand started(List<String> command, LineListener lines)
            throws ConnectionException, InterruptedException {
        OpenShell open = opened();
        var running = new ConsoleCommand(++started, lines, wallClock, settings.clock());
        commands.add(running);
        boolean isStarted = false;
        boolean isInterrupted = false;
        try {
            open.files.start(running.number(), command);
            isStarted = true;
        } catch (InterruptedException e) {
            isInterrupted = true;
            throw e;
        } finally {
            if (!isStarted) {
                commands.remove(running);
                // Others' commands go on behind an interruption: the next question sends ^C.
                // None runs before the files are ready.
                boolean isKept = isInterrupted && open.files.isReady();
                if (!open.shell.isUsable() && !isKept) {
                    drop(open);
                }
            }
        }
        Thread.ofVirtual().name(name + " command " + started).start(() -> follow(open, running));
        return running;
    }

    private OpenShell opened() throws ConnectionException, InterruptedException {
        OpenShell open = session;
        if (open != null) {
            return open;
        }
        if (isClosed) {
            throw new ConnectionException(name + " was closed");
        }
        var shell = new ConsoleShell(name, wire(), settings, this::stray);
        open = new OpenShell(shell, new BackgroundJobs(name, shell, system, settings.pieceBytes()));
        session = open;
        boolean isOpen = false;
        try {
            if (isClosed) { // while it was opened
                throw new ConnectionException(name + " was closed");
            }
            shell.open();
            isOpen = true;
            String left = lostFolder;
            if (left != null) {
                open.files.tidy(left);
                lostFolder = null;
            }
        } catch (UncheckedIOException e) { // the password could not be read; the message says where
            throw new ConnectionException(name + " needs a password: " + reason(e), e);
        } finally {
            if (!isOpen) {
                drop(open);
            }
        }
        return open;
    }

    private static String reason(UncheckedIOException e) {
        IOException cause = e.getCause();
        return cause == null ? Objects.toString(e.getMessage()) : Objects.toString(cause.getMessage());
    }

    private ConsoleTransport wire() throws ConnectionException {
        try {
            return opener.open();
        } catch (IOException e) {
            throw new ConnectionException(name + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private void drop(OpenShell lost) {
        lost.shell.close();
        OpenShell open = session;
        if (open != null && open.shell == lost.shell) {
            session = null;
            lostFolder = lost.files.folder();
        }
    }

    private void stray(String line) {
        commands.forEach(command -> command.stray(line));
    }

    /// Reads the files of a command until it has ended, on a thread of its own.
    private void follow(OpenShell open, ConsoleCommand command) {
        try {
            CommandEnd end = ended(open, command);
            command.finish(end);
            exclusively(() -> {
                open.files.remove(command.number());
                return null;
            });
        } catch (ConnectionException e) { // the line, or the patience for an answer, is gone
            drop(open);
            command.finish(new CommandEnd.ConnectionLost(Objects.toString(e.getMessage())));
        } catch (InterruptedException e) { // nobody interrupts it
            Thread.currentThread().interrupt();
        } finally {
            commands.remove(command);
            command.close();
        }
    }

    private CommandEnd ended(OpenShell open, ConsoleCommand command) throws ConnectionException, InterruptedException {
        var place = BackgroundJobs.Offsets.START;
        Duration pause = SHORTEST_PAUSE;
        while (command.await(pause) == null) {
            BackgroundJobs.Offsets from = place;
            BackgroundJobs.Poll look = exclusively(() -> certain(open, command, from));
            command.deliver(look.out(), look.err());
            if (look.isLast() && look.code() != null) {
                return new CommandEnd.Exited(look.code());
            }
            boolean hasNews = !look.next().equals(place) || look.code() != null;
            pause = hasNews ? Duration.ZERO : longer(pause);
            place = look.next();
        }
        return new CommandEnd.Abandoned();
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.plus(SHORTEST_PAUSE);
        return twice.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : twice;
    }

    /// Looks again if the console's own lines got in between, and passes those on; the third
    /// time it is taken as it is.
    private BackgroundJobs.Poll certain(OpenShell open, ConsoleCommand command, BackgroundJobs.Offsets from)
            throws ConnectionException, InterruptedException {
        BackgroundJobs.Poll look = null;
        for (int tries = 1; tries <= MAX_SILENT_POLLS && (look == null || !look.isClean()); tries++) {
            BackgroundJobs.Poll next = open.files.poll(command.number(), from);
            if (next != null && next.isClean() && look != null) {
                InterleavedOutput.between(look.out(), next.out()).forEach(command::stray);
            }
            look = next == null ? look : next;
        }
        if (look == null) {
            throw new ConnectionException(name + " does not answer any more: check the line");
        }
        return look;
    }

    /// What is asked of the shell by one thread at a time.
    @FunctionalInterface
    private interface ShellCall<T extends @Nullable Object> {
        T run() throws ConnectionException, InterruptedException;
    }

    private <T extends @Nullable Object> T exclusively(ShellCall<T> question)
            throws ConnectionException, InterruptedException {
        turn.lockInterruptibly();
        try {
            return question.run();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        commands.forEach(ConsoleCommand::abandon);
        OpenShell open = session;
        if (open == null) {
            return;
        }
        try {
            sayFarewell(open);
        } catch (ConnectionException e) { // it was lost before, or has closed as it was told
            drop(open);
        } catch (InterruptedException e) { // then without a farewell
            Thread.currentThread().interrupt();
        } finally {
            drop(open);
        }
    }

    private void sayFarewell(OpenShell open) throws ConnectionException, InterruptedException {
        long deadline = settings.clock().nanoTime() + CLOSE.toNanos();
        if (!turn.tryLock(TURN_AT_CLOSE.toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        try {
            open.shell.execute(open.files.farewell(), atMost(FAREWELL, deadline));
            if (open.shell.isLoggedIn()) {
                open.shell.say("exit", atMost(FAREWELL.dividedBy(3), deadline));
            }
        } finally {
            turn.unlock();
        }
    }

    private Duration atMost(Duration timeout, long deadlineNanos) {
        Duration left =
                Duration.ofNanos(Math.max(0, deadlineNanos - settings.clock().nanoTime()));
        return left.compareTo(timeout) < 0 ? left : timeout;
    }
}
