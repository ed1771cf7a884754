package dev.pitot.lab.remote;

import dev.pitot.lab.time.MachineClock;
import dev.pitot.model.time.NanoClock;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A child process of this machine. Any thread may use it.
record ProcessCommand(Process process) implements StreamedCommand.Carrier {
    private static final Duration POLITE = Duration.ofMillis(250);
    private static final Duration FORCED = Duration.ofMillis(250);
    private static final Duration SIGNAL = Duration.ofMillis(250);
    private static final Duration SUSPENDED = Duration.ofMillis(100);
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
    /// Processes stand still for a moment: those of a JVM that is killed then have to be continued by hand.
    @Override
    public void abort() {
        Set<ProcessHandle> all = new LinkedHashSet<>(List.of(process.toHandle()));
        suspend(all);
        all.forEach(ProcessHandle::destroy);
        signal("CONT", all); // a process that stands still takes no other signal
        ends(process, POLITE);
        suspend(all);
        all.forEach(ProcessHandle::destroyForcibly);
        ends(process, FORCED);
        release();
    }

    /// Stops processes and all that they have started, as far as that is possible within a moment: of two
    /// looks at a process that goes on starting others, neither sees the last one, which would be left behind.
    ///
    /// @param all gets those that are found
    private static void suspend(Set<ProcessHandle> all) {
        Set<ProcessHandle> signalled = new HashSet<>();
        long begin = CLOCK.nanoTime();
        boolean isDone = false;
        while (!isDone) {
            List<ProcessHandle> found =
                    all.stream().filter(each -> !signalled.contains(each)).toList();
            signal("STOP", found);
            signalled.addAll(found);
            boolean areStill = all.stream().allMatch(ProcessCommand::isStill);
            boolean hasGrown = addStarted(all);
            boolean isLate = CLOCK.nanoTime() - begin > SUSPENDED.toNanos();
            isDone = isLate || (areStill && !hasGrown);
            if (!isDone && !hasGrown) {
                new CompletableFuture<>()
                        .completeOnTimeout(null, 1, TimeUnit.MILLISECONDS)
                        .join();
            }
        }
    }

    private static boolean addStarted(Set<ProcessHandle> all) {
        int before = all.size();
        try (Stream<ProcessHandle> machine = ProcessHandle.allProcesses()) {
            machine.filter(each -> each.parent().filter(all::contains).isPresent())
                    .forEach(all::add);
        }
        return all.size() > before;
    }

    /// Whether it starts no other any more: a signal may come a moment later than it was sent (proc(5), stat).
    private static boolean isStill(ProcessHandle each) {
        try {
            Path file = Path.of("/proc", Long.toString(each.pid()), "stat");
            String stat = Files.readString(file, StandardCharsets.ISO_8859_1);
            return !each.isAlive() || STILL.indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException _) { // it is gone, or this system has no such files
            return true;
        }
    }

    /// Sends those that live a signal that Java has no method for, where there is a POSIX shell.
    private static void signal(String name, Collection<ProcessHandle> processes) {
        List<String> pids = processes.stream()
                .filter(ProcessHandle::isAlive)
                .map(each -> Long.toString(each.pid()))
                .toList();
        if (pids.isEmpty() || File.separatorChar == '\\') {
            return;
        }
        List<String> words = new ArrayList<>(List.of("sh", "-c", "kill -" + name + " \"$@\" 2>&-", "sh"));
        words.addAll(pids);
        try {
            Process shell = new ProcessBuilder(words).start();
            if (!ends(shell, SIGNAL) && name.equals("STOP")) {
                shell.destroyForcibly(); // it must not stop what goes on then
            }
        } catch (IOException _) { // no shell, or no room for one
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
        closeQuietly(process.getOutputStream());
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
