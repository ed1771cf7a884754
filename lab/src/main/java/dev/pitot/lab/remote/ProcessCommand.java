package dev.pitot.lab.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A child process of this machine. Any thread may use it.
record ProcessCommand(Process process) implements StreamedCommand.Carrier {
    private static final Duration POLITE = Duration.ofMillis(250);
    private static final Duration FORCED = Duration.ofMillis(250);

    /// Starts the process.
    ///
    /// @param keepsInput whether its standard input stays open, with nothing on it
    /// @throws IOException if there is no such program
    static ProcessCommand start(ProcessBuilder builder, boolean keepsInput) throws IOException {
        Process process = builder.start();
        if (!keepsInput) {
            closeQuietly(process.getOutputStream());
        }
        return new ProcessCommand(process);
    }

    @Override
    public Map<OutputLine.Origin, InputStream> outputs() {
        return Map.of(OutputLine.Origin.OUT, process.getInputStream(), OutputLine.Origin.ERR, process.getErrorStream());
    }

    /// Platform threads, since a thread that waits at a pipe of the system holds a carrier of virtual ones.
    @Override
    public Thread.Builder threads() {
        return Thread.ofPlatform().daemon().name("command-" + process.pid() + "-output-", 1);
    }

    @Override
    public CommandEnd awaitEnd(StreamedCommand command) throws InterruptedException {
        return new CommandEnd.Exited(process.waitFor());
    }

    /// Ends also what the process has started. A thread that waits at a pipe which another process holds
    /// open cannot be called back: it goes when that one ends.
    @Override
    public void abort() {
        try {
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
            release();
        }
    }

    @Override
    public void release() {
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
