package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Running program whose output is captured. Two threads read its pipes, so that it never blocks on
/// a full one; all methods are thread-safe. Closing kills it and its descendants.
public final class ChildProcess implements AutoCloseable {
    /// Timeout for a test that waits for a child process.
    public static final Duration TIMEOUT = Duration.ofSeconds(120);

    private static final int CALM_LOOKS = 10;
    private static final long LOOK_MILLIS = 100;

    private final String name;
    private final Process process;
    private final OutputCapture stdout = new OutputCapture();
    private final OutputCapture stderr = new OutputCapture();
    private final Thread stdoutReader;
    private final Thread stderrReader;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        var threads = Thread.ofPlatform().daemon().name(name + "-output-", 1);
        stdoutReader = threads.start(() -> stdout.read(process.inputReader()));
        stderrReader = threads.start(() -> stderr.read(process.errorReader()));
    }

    /// Starts a program with an empty standard input.
    ///
    /// @param command the program and its arguments
    /// @throws IOException if there is no such program
    public static ChildProcess start(List<String> command) throws IOException {
        return start(command, Map.of());
    }

    /// Starts a program with an empty standard input.
    ///
    /// @param command the program and its arguments
    /// @param environment variables in addition to those of this process
    /// @throws IOException if there is no such program
    public static ChildProcess start(List<String> command, Map<String, String> environment) throws IOException {
        List<String> restored = DefaultSignals.restoredFor(command);
        var builder = new ProcessBuilder(restored);
        builder.environment().putAll(environment);
        if (restored.size() > command.size()) {
            requireProgram(command.getFirst(), builder.environment().get("PATH"));
        }
        Process process = launch(builder);
        process.getOutputStream().close();
        return new ChildProcess(String.join(" ", command), process);
    }

    /// Starts a process that does not hold a port which [FreePort] probes meanwhile.
    static Process launch(ProcessBuilder builder) throws IOException {
        synchronized (FreePort.LOCK) {
            return builder.start();
        }
    }

    /// Checks that a program exists: run through `env`, a missing program is an exit code instead
    /// of an exception.
    private static void requireProgram(String program, @Nullable String path) throws IOException {
        boolean isThere =
                program.indexOf('/') < 0 ? new SearchPath(path).has(program) : Files.isExecutable(Path.of(program));
        if (!isThere) {
            throw new IOException("no such program: " + program);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /// Standard output so far.
    public String stdout() {
        return stdout.text();
    }

    /// Standard error so far.
    public String stderr() {
        return stderr.text();
    }

    /// Waits until its standard output contains `part`.
    ///
    /// @throws AssertionError with all output, if it exits or [#TIMEOUT] expires before that
    public void awaitStdout(String part) throws InterruptedException {
        if (!stdout.awaitPart(part, TIMEOUT)) {
            throw new AssertionError("no '" + part + "' from " + this);
        }
    }

    /// Waits until its standard error contains `part`.
    ///
    /// @throws AssertionError with all output, if it exits or [#TIMEOUT] expires before that
    public void awaitStderr(String part) throws InterruptedException {
        if (!stderr.awaitPart(part, TIMEOUT)) {
            throw new AssertionError("no '" + part + "' on the standard error of " + this);
        }
    }

    /// Resources of a process that Linux lists in /proc.
    public enum Counted {
        /// Threads, including those of the JVM.
        THREADS("task"),
        /// Open files and sockets.
        DESCRIPTORS("fd");

        private final String directory;

        Counted(String directory) {
            this.directory = directory;
        }
    }

    /// Waits until the number of threads or descriptors has not changed for a second, and returns
    /// it. Linux only.
    ///
    /// @throws IOException if it has ended
    public int settledCount(Counted what) throws IOException, InterruptedException {
        Path directory = Path.of("/proc", String.valueOf(pid()), what.directory);
        int count = -1;
        for (int calm = 0; calm < CALM_LOOKS; ) {
            int now;
            try (Stream<Path> entries = Files.list(directory)) {
                now = (int) entries.count();
            }
            calm = now == count ? calm + 1 : 0;
            count = now;
            Thread.sleep(LOOK_MILLIS);
        }
        return count;
    }

    /// Waits until it exits, for [#TIMEOUT] at most.
    ///
    /// @throws AssertionError with all output, if it does not
    public Exit awaitExit() throws InterruptedException {
        return awaitExit(TIMEOUT);
    }

    /// Waits until it exits.
    ///
    /// @throws AssertionError with all output, if it does not within `timeout`
    public Exit awaitExit(Duration timeout) throws InterruptedException {
        if (!hasEndedWithin(timeout)) {
            throw new AssertionError("still running after " + timeout + ": " + this);
        }
        stdoutReader.join(timeout);
        stderrReader.join(timeout);
        return new Exit(process.exitValue(), stdout(), stderr());
    }

    /// Waits for a time, or until it exits: for programs that should continue running, or exit
    /// soon.
    ///
    /// @return true if it has exited
    public boolean hasEndedWithin(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout);
    }

    /// Sends it a signal with `kill`.
    ///
    /// @throws AssertionError if it has already exited
    public void send(Signal signal) throws IOException, InterruptedException {
        int code = launch(new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO())
                .waitFor();
        if (code != 0) {
            throw new AssertionError("no " + signal + " reached " + this);
        }
    }

    /// Kills it and its descendants, unless it has already exited.
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /// Returns the command and all output, for the message of a failed test.
    @Override
    public String toString() {
        return name + "\n--- stdout\n" + stdout() + "\n--- stderr\n" + stderr();
    }

    /// Exit code and output of a program.
    ///
    /// @param code exit code as in a shell: 128 + number if it was killed by a signal
    /// @param stdout standard output
    /// @param stderr standard error
    public record Exit(int code, String stdout, String stderr) {}
}
