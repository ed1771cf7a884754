package dev.pitot.lab.connection;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A command that is a child process of this machine, with nothing on its standard input. Any
/// thread may use it.
final class ProcessCommand implements RunningCommand {
    private static final Duration LISTENER_PATIENCE = Duration.ofMillis(200);
    private static final Duration POLITE = Duration.ofMillis(250);
    private static final Duration FORCED = Duration.ofMillis(250);

    private final Process process;
    private final Hearing hearing;
    private final OutputReaders readers;
    private final Ending ending = new Ending();
    private final OpenCommands commands;

    private ProcessCommand(Process process, LineListener lines, InstantSource wallClock, OpenCommands commands) {
        this.process = process;
        this.hearing = new Hearing(lines);
        this.readers = new OutputReaders(hearing, wallClock);
        this.commands = commands;
    }

    /// Starts the process and the threads that read from it.
    ///
    /// @param commands holds it until it has ended
    /// @param keepsInput whether its standard input stays open
    /// @throws IOException if there is no such program
    static ProcessCommand start(
            ProcessBuilder builder,
            LineListener lines,
            InstantSource wallClock,
            OpenCommands commands,
            boolean keepsInput)
            throws IOException {
        Process process = builder.start();
        if (!keepsInput) {
            closeQuietly(process.getOutputStream());
        }
        var command = new ProcessCommand(process, lines, wallClock, commands);
        commands.add(command);
        String name = "command-" + process.pid() + "-";
        // Platform threads, since whoever waits at a pipe of the system holds a carrier of
        // virtual ones
        command.readers.start(
                Thread.ofPlatform().daemon().name(name + "output-", 1),
                process.getInputStream(),
                process.getErrorStream());
        Thread.ofVirtual().name(name + "end").start(command::awaitEnd);
        return command;
    }

    private void awaitEnd() {
        try {
            int code = process.waitFor();
            readers.awaitLastLine();
            hearing.end(Duration.ZERO);
            ending.tell(new CommandEnd.Exited(code));
        } catch (InterruptedException _) { // nobody interrupts it; if somebody did: it was let go
            ending.tell(new CommandEnd.LetGo());
        } finally {
            closeStreams();
            commands.remove(this);
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public @Nullable CommandEnd await(Duration patience) throws InterruptedException {
        return ending.await(patience);
    }

    @Override
    public Duration silence() {
        return readers.silence();
    }

    /// Ends the process and what it has started, by force after a moment. A thread that waits at
    /// a pipe which a stranger holds open cannot be called back: it goes when that one ends.
    @Override
    public void close() {
        if (ending.isKnown()) {
            return;
        }
        try {
            hearing.end(LISTENER_PATIENCE);
            ending.tell(new CommandEnd.LetGo());
            List<ProcessHandle> started;
            try (Stream<ProcessHandle> all = process.descendants()) {
                started = all.toList();
            }
            process.destroy();
            started.forEach(ProcessHandle::destroy);
            if (!process.waitFor(POLITE)) {
                process.destroyForcibly();
            }
            started.forEach(ProcessHandle::destroyForcibly);
            process.waitFor(FORCED);
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            ending.tell(new CommandEnd.LetGo());
            closeStreams();
        }
    }

    private void closeStreams() {
        closeQuietly(process.getInputStream());
        closeQuietly(process.getErrorStream());
    }

    private static void closeQuietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException _) { // it was closed already, or its reader is gone
        }
    }
}
