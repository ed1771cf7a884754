package dev.pitot.lab.remote;

import dev.pitot.lab.time.MachineClock;
import dev.pitot.model.time.NanoClock;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A child process of this machine. Any thread may use it.
record ProcessCommand(Process process) implements StreamedCommand.Carrier {
    private static final Duration POLITE = Duration.ofMillis(250);
    private static final Duration FORCED = Duration.ofMillis(250);
    private static final Duration SIGNAL = Duration.ofMillis(250);
    private static final Duration SUSPENDED = Duration.ofMillis(250);
    private static final String STILL = "TtZXx"; // stopped, or dead
    private static final NanoClock CLOCK = new MachineClock();

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

    /// Ends also what the process has started, whether this thread is interrupted or not. A thread that
    /// waits at a pipe which another process holds open cannot be called back: it goes when that one ends.
    @Override
    public void abort() {
        Set<ProcessHandle> all = suspended(List.of(process.toHandle()));
        all.forEach(ProcessHandle::destroy);
        signal("CONT", all); // a process that stands still takes no other signal
        ends(process, POLITE);
        List<ProcessHandle> left = all.stream().filter(ProcessHandle::isAlive).toList();
        suspended(left).forEach(ProcessHandle::destroyForcibly);
        ends(process, FORCED);
        release();
    }

    /// Processes and all that they have started, each standing still: of two looks at a process that
    /// goes on starting others, neither sees the last one, which would be left behind.
    private static Set<ProcessHandle> suspended(List<ProcessHandle> roots) {
        Set<ProcessHandle> all = new LinkedHashSet<>(roots);
        Set<ProcessHandle> signalled = new HashSet<>();
        long begin = CLOCK.nanoTime();
        boolean isDone = all.isEmpty();
        while (!isDone) {
            List<ProcessHandle> moving = all.stream()
                    .filter(each -> !signalled.contains(each) || !isStill(each))
                    .toList();
            if (!moving.isEmpty()) {
                signal("STOP", moving);
                signalled.addAll(moving);
            }
            int before = all.size();
            for (ProcessHandle root : roots) {
                try (Stream<ProcessHandle> started = root.descendants()) {
                    started.forEach(all::add);
                }
            }
            boolean isLate = CLOCK.nanoTime() - begin > SUSPENDED.toNanos();
            isDone = isLate || (moving.isEmpty() && all.size() == before);
        }
        return all;
    }

    /// Whether it starts no other any more: a signal may come a moment later than it was sent (proc(5), stat).
    private static boolean isStill(ProcessHandle each) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(each.pid()), "stat"));
            return STILL.indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException _) { // it is gone, or this system has no such files
            return true;
        }
    }

    /// Sends a signal that Java has no method for, where there is a POSIX shell.
    private static void signal(String name, Collection<ProcessHandle> processes) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "kill -" + name + " \"$@\" 2>&-", "sh"));
        processes.forEach(each -> words.add(Long.toString(each.pid())));
        try {
            Process shell = new ProcessBuilder(words).start();
            if (!ends(shell, SIGNAL)) {
                shell.destroyForcibly(); // it must not stop what goes on then
            }
        } catch (IOException _) { // no such shell
        }
    }

    private static boolean ends(Process process, Duration timeout) {
        process.onExit()
                .completeOnTimeout(process, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return !process.isAlive();
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
