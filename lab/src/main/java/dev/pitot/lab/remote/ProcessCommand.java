package dev.pitot.lab.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
    private static final int MOST_LOOKS = 8; // the second sees all but on a busy machine

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
        Set<ProcessHandle> all = suspended();
        all.forEach(ProcessHandle::destroy);
        signal("CONT", all); // a process that stands still takes no other signal
        if (!ends(process, POLITE)) {
            all.addAll(suspended());
        }
        all.forEach(ProcessHandle::destroyForcibly);
        ends(process, FORCED);
        release();
    }

    /// The process and all that it has started, each standing still: of two looks at a process that
    /// goes on starting others, neither sees the last one, which would be left behind.
    private Set<ProcessHandle> suspended() {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        List<ProcessHandle> found = List.of(process.toHandle());
        for (int look = 0; look < MOST_LOOKS && !found.isEmpty(); look++) {
            signal("STOP", found);
            all.addAll(found);
            try (Stream<ProcessHandle> started = process.descendants()) {
                found = started.filter(each -> !all.contains(each)).toList();
            }
        }
        all.addAll(found);
        return all;
    }

    /// Sends a signal that Java has no method for, where there is a POSIX shell.
    private static void signal(String name, Collection<ProcessHandle> processes) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "kill -" + name + " \"$@\" 2>&-", "sh"));
        processes.forEach(each -> words.add(Long.toString(each.pid())));
        try {
            ends(new ProcessBuilder(words).start(), SIGNAL);
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
