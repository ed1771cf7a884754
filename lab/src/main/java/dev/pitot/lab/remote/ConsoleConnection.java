package dev.pitot.lab.remote;

import dev.pitot.lab.os.OperatingSystem;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A connection through a console: telnet, which hides neither name nor password nor output on the
/// way, or a serial line. The console is asked one question at a time: who starts a command waits for
/// the others' questions, not for their commands. Any thread may use it. A console that was lost is
/// opened anew by the next command.
///
/// One session serves all commands of a console. They run in its background with their output in
/// files of the node's temporary folder, which are read four times a second, as fast as the line
/// is, and removed afterwards: times of arrival are as coarse as that, and what a command writes
/// must fit there. Lines that the console shows on its own, such as the kernel's, are lines of
/// standard error. Needs `mkdir`, `rm`, `cat`, `wc`, `tail -c`, `head -c` and `printf` on the node.
/// Closing logs out a login of the connection.
final class ConsoleConnection implements NodeConnection {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration MAX_PAUSE = Duration.ofMillis(250);
    private static final Duration FAREWELL = Duration.ofMillis(300);
    private static final Duration TURN_AT_CLOSE = Duration.ofMillis(600);
    private static final Duration CLOSE = Duration.ofMillis(700); // the turn and the farewell together
    private static final int MAX_SILENT_POLLS = 3;

    private final String name;
    private final ShellContext context;
    private final ConsoleTransport.Opener opener;
    private final ConsoleShell.Settings settings;
    private final InstantSource wallClock;
    private final ReentrantLock turn = new ReentrantLock(true); // or much output of one would keep the others out
    private final CommandRegistry commands;
    private final Set<ConsoleCommand> followed = ConcurrentHashMap.newKeySet();
    private volatile @Nullable OpenShell session;
    private volatile @Nullable String lostFolder;
    private int started;

    /// The shell while the line holds.
    private record OpenShell(ConsoleShell shell, BackgroundJobs files) {}

    /// Opens nothing yet.
    ///
    /// @param transport how messages call the console
    ConsoleConnection(
            ShellContext context,
            String transport,
            ConsoleTransport.Opener opener,
            ConsoleShell.Settings settings,
            InstantSource wallClock) {
        this.name = new ShellContext.ConnectionLabel(context.node(), transport).text();
        this.context = context;
        this.opener = opener;
        this.settings = settings;
        this.wallClock = wallClock;
        this.commands = new CommandRegistry(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        if (context.system() == OperatingSystem.WINDOWS || context.system() == OperatingSystem.IOS) {
            throw new ConnectionException(
                    name + " cannot be used by a console: only systems with a POSIX shell can, so use ssh");
        }
        commands.requireOpen();
        try {
            if (!turn.tryLock(settings.times().exclusive().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ConnectionException(name + " is busy for more than "
                        + settings.times().exclusive().toSeconds() + " s: use fewer monitors on this console");
            }
            try {
                return started(command, lines);
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) { // somebody wants an end
            Thread.currentThread().interrupt();
            throw new ConnectionException(name + " was interrupted while a command was started", e);
        }
    }

    private RunningCommand started(List<String> command, LineListener lines)
            throws ConnectionException, InterruptedException {
        OpenShell open = opened();
        var running = new ConsoleCommand(++started, (followed, output) -> follow(open, followed, output));
        followed.add(running);
        boolean isStarted = false;
        boolean isInterrupted = false;
        try {
            open.files.start(running.number(), withVariables(command));
            isStarted = true;
        } catch (InterruptedException e) {
            isInterrupted = true;
            throw e;
        } finally {
            if (!isStarted) {
                followed.remove(running);
                // Others' commands go on behind an interruption: the next question sends ^C.
                // None runs before the files are ready.
                boolean isKept = isInterrupted && open.files.isReady();
                if (!open.shell.isUsable() && !isKept) {
                    drop(open);
                }
            }
        }
        return StreamedCommand.start(running, lines, wallClock, commands);
    }

    /// The console's own shell is everybody's: another one sets the variables and becomes the command.
    private List<String> withVariables(List<String> command) {
        if (context.environment().isEmpty()) {
            return command;
        }
        List<String> words = new ArrayList<>(
                List.of("sh", "-c", ShellQuoting.posixVariables(context.environment()) + "exec \"$@\"", "sh"));
        words.addAll(command);
        return words;
    }

    private OpenShell opened() throws ConnectionException, InterruptedException {
        OpenShell open = session;
        if (open != null) {
            return open;
        }
        var shell = new ConsoleShell(name, wire(), settings, this::stray);
        open = new OpenShell(shell, new BackgroundJobs(name, shell, context.system(), settings.pieceBytes()));
        session = open;
        boolean isOpen = false;
        try {
            commands.requireOpen(); // closed meanwhile: then nobody else does
            shell.open();
            isOpen = true;
            String left = lostFolder;
            if (left != null) {
                open.files.tidy(left);
                lostFolder = null;
            }
        } finally {
            if (!isOpen) {
                drop(open);
            }
        }
        return open;
    }

    private ConsoleTransport wire() throws ConnectionException {
        try {
            return opener.open();
        } catch (IOException e) {
            throw new ConnectionException(name + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private synchronized void drop(OpenShell lost) { // two threads may find the same console lost
        lost.shell.close();
        OpenShell open = session;
        if (open != null && open.shell == lost.shell) {
            session = null;
            lostFolder = lost.files.folder();
        }
    }

    private void stray(String line) {
        followed.forEach(command -> command.strays().offer(line));
    }

    /// Reads the files of a command until it has ended.
    private CommandEnd follow(OpenShell open, ConsoleCommand command, StreamedCommand output)
            throws InterruptedException {
        try {
            CommandEnd end = ended(open, command, output);
            exclusively(() -> {
                open.files.remove(command.number());
                return null;
            });
            return end;
        } catch (ConnectionException e) { // the line is lost, or an answer timed out
            drop(open);
            return new CommandEnd.ConnectionLost(Objects.toString(e.getMessage()));
        } finally {
            followed.remove(command);
        }
    }

    private CommandEnd ended(OpenShell open, ConsoleCommand command, StreamedCommand output)
            throws ConnectionException, InterruptedException {
        var place = BackgroundJobs.Offsets.START;
        Duration pause = SHORTEST_PAUSE;
        while (!command.isLetGoWithin(pause)) {
            BackgroundJobs.Offsets from = place;
            BackgroundJobs.Poll look = exclusively(() -> certain(open, command, from));
            command.deliver(look, output);
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
                inserted(look.out(), next.out()).forEach(command.strays()::offer);
            }
            look = next == null ? look : next;
        }
        if (look == null) {
            throw new ConnectionException(name + " does not answer any more: check the line");
        }
        return look;
    }

    /// The lines that got into a text, if they did in one place.
    static List<String> inserted(String disturbed, String clean) {
        int surplus = disturbed.length() - clean.length();
        int start = Math.max(0, Arrays.mismatch(disturbed.toCharArray(), clean.toCharArray()));
        boolean isOnePlace = surplus > 0 && disturbed.substring(start + surplus).equals(clean.substring(start));
        return isOnePlace
                ? disturbed
                        .substring(start, start + surplus)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList()
                : List.of();
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
        commands.close();
        OpenShell open = session;
        if (open == null) {
            return;
        }
        try {
            sayFarewell(open);
        } catch (ConnectionException e) { // it was lost before, or has closed by "exit"
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
                open.shell.type("exit", atMost(FAREWELL.dividedBy(3), deadline));
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
