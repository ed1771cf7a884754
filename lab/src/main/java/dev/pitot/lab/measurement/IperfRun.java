package dev.pitot.lab.measurement;

import dev.pitot.lab.measurement.CommandReport.Ending;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.process.DetachedProcess;
import dev.pitot.lab.process.ProcessTag;
import dev.pitot.lab.process.Readiness;
import dev.pitot.lab.process.RemoteProcess;
import dev.pitot.lab.process.TerminationResult;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One run of one command on one node. It ends when the program does, when its deadline passes,
/// even if the node is silent, or when somebody stops it; then the program is gone from the
/// node, or the report states that it may not be. Begins once; any thread may stop it or wait for
/// it.
public final class IperfRun {
    private static final Duration SLICE = Duration.ofMillis(100); // how soon a stop is noticed
    private static final Duration LOOK = Duration.ofSeconds(1); // at a detached program
    private static final Duration ABRUPT = Duration.ofSeconds(1); // for the last lines of what is killed
    static final int MOST_WAITS = 10; // for output that never ceases

    private final IperfCommand command;
    private final NodeHandle device;
    private final ProcessTag tag;
    private final String name;
    private final NanoClock clock;
    private final NodeTimeouts timeouts;
    private final Readiness readiness = new Readiness();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Duration grace;
    private volatile long endNanos;
    private volatile boolean isAbrupt;
    private volatile boolean hasReportedEnd;
    private volatile boolean hasWritten;
    private volatile @Nullable RemoteProcess running;
    private volatile @Nullable CommandReport report;

    IperfRun(IperfCommand command, NodeHandle device, ProcessTag tag, String name) {
        this.command = command;
        this.device = device;
        this.tag = tag;
        this.name = name;
        clock = device.commands().clock();
        timeouts = device.node().control().timeouts();
        grace = timeouts.end();
    }

    /// Begins, on a thread of its own.
    void start() {
        Thread.ofVirtual().name("lab-" + tag.node() + "-" + tag.role()).start(() -> {
            try {
                execute();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // nobody else has this thread
            } catch (RuntimeException | Error e) { // so that the waiting thread gets it
                over(new CommandReport(
                        new Ending.NotStarted("Pitot itself failed on " + device + ": " + e),
                        Duration.ZERO,
                        clock.nanoTime(),
                        List.of(),
                        List.of(),
                        null));
            }
        });
    }

    /// Begins, and goes on to the end.
    ///
    /// @throws InterruptedException if this thread was interrupted; the program is ended then,
    /// and the
    ///     report is there
    CommandReport execute() throws InterruptedException {
        long began = clock.nanoTime();
        OutputCollector collector =
                new OutputCollector(command, name, device, readiness::onListening, () -> hasReportedEnd = true);
        LineListener lines = line -> {
            collector.onLine(line);
            hasWritten = true;
        };
        boolean wasInterrupted = false;
        Ending ending;
        try {
            ending = command.isDetached() ? detached(began, collector) : attached(began, lines);
        } catch (InterruptedException _) {
            wasInterrupted = true;
            ending = new Ending.Stopped();
        } catch (ConnectionException e) {
            endKnown();
            ending = new Ending.NotStarted(String.valueOf(e.getMessage()));
        }
        CommandReport ended = collector.end(ending, Duration.ofNanos(clock.nanoTime() - began), endNanos);
        over(ended);
        if (wasInterrupted) {
            throw new InterruptedException("interrupted while " + tag.role() + " ran on " + device);
        }
        return ended;
    }

    private void endKnown() {
        endNanos = clock.nanoTime();
    }

    private void over(CommandReport ended) {
        report = ended;
        over.countDown();
    }

    private Ending attached(long began, LineListener lines) throws ConnectionException, InterruptedException {
        try (RemoteProcess process =
                RemoteProcess.start(device.commands(), tag, command.tool().words(), lines)) {
            running = process;
            Ending ending;
            try {
                ending = ending(process, began);
            } catch (InterruptedException e) {
                endKnown();
                isAbrupt = true;
                end(process, new Ending.Stopped()); // the flag is cleared: this wait is not cut short
                throw e;
            }
            endKnown();
            return end(process, ending);
        }
    }

    private Ending ending(RemoteProcess process, long began) throws InterruptedException {
        while (true) {
            CommandEnd end = process.await(SLICE);
            if (end != null) {
                return switch (end) {
                    case CommandEnd.Exited(int code) -> new Ending.Exited(code);
                    case CommandEnd.ConnectionLost(String reason) -> new Ending.ConnectionLost(reason);
                    case CommandEnd.Abandoned() -> new Ending.Stopped();
                };
            }
            Ending early = early(began);
            if (early != null) {
                return early;
            }
        }
    }

    /// Null while it may go on.
    private @Nullable Ending early(long began) {
        Duration allowed = command.deadline();
        if (stop.getCount() == 0) {
            return new Ending.Stopped();
        }
        return allowed != null && clock.nanoTime() - began > allowed.toNanos() ? new Ending.TimedOut(allowed) : null;
    }

    /// Makes sure that the program is gone, whatever its end was, and reads its last lines. The
    /// deadline is the program's: output that is still on its way from one that has ended is
    /// waited for.
    private Ending end(RemoteProcess process, Ending ending) throws InterruptedException {
        try {
            TerminationResult how = process.end(grace);
            boolean hadEnded = how == TerminationResult.BY_ITSELF;
            CommandEnd end = lastLines(process, hadEnded ? timeouts.fetch() : timeouts.report());
            if (hadEnded && ending instanceof Ending.TimedOut && end instanceof CommandEnd.Exited(int code)) {
                return new Ending.Exited(code);
            }
            return how == TerminationResult.SURVIVED ? unsure(ending, process.survivors()) : ending;
        } catch (ConnectionException e) {
            return unsure(ending, String.valueOf(e.getMessage()));
        }
    }

    /// Waits for lines as long as bytes come.
    private @Nullable CommandEnd lastLines(RemoteProcess process, Duration timeout) throws InterruptedException {
        long began = clock.nanoTime();
        while (true) {
            CommandEnd end = process.await(SLICE);
            Duration wait = isAbrupt ? ABRUPT : timeout;
            long waited = clock.nanoTime() - began;
            boolean isSilent = isAbrupt || process.silence().compareTo(wait) > 0;
            if (end != null || (isSilent && waited > wait.toNanos()) || waited / MOST_WAITS > wait.toNanos()) {
                return end;
            }
        }
    }

    /// A program that exited is gone: that its file may be left on the node hurts nobody.
    private static Ending unsure(Ending ending, String why) {
        return switch (ending) {
            case Ending.ConnectionLost(String reason) ->
                new Ending.ConnectionLost(reason + "; the program may still run there: " + why);
            case Ending.Stopped _, Ending.TimedOut _ -> new Ending.ConnectionLost("the program may still run: " + why);
            case Ending.Exited _, Ending.NotStarted _ -> ending;
        };
    }

    private Ending detached(long began, OutputCollector collector) throws ConnectionException, InterruptedException {
        DetachedProcess run =
                DetachedProcess.start(device.commands(), tag, command.tool().words());
        Ending ending;
        try {
            ending = ending(run, began);
        } catch (InterruptedException e) {
            endKnown();
            collect(run, new Ending.Stopped(), collector); // the flag is cleared: this wait is not cut short
            throw e;
        }
        endKnown();
        return collect(run, ending, collector);
    }

    private Ending ending(DetachedProcess run, long began) throws InterruptedException {
        while (true) {
            boolean isStopped = stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            if (!isStopped && hasEnded(run)) {
                return new Ending.Exited(0); // its code is not known
            }
            Ending early = early(began);
            if (early != null) {
                return early;
            }
        }
    }

    /// A node that does not answer now may do so at the end: a detached program needs it not.
    private static boolean hasEnded(DetachedProcess run) throws InterruptedException {
        try {
            return !run.isRunning();
        } catch (ConnectionException _) {
            return false;
        }
    }

    /// Makes sure that a detached program is gone, and fetches what it wrote.
    private Ending collect(DetachedProcess run, Ending ending, OutputCollector collector) throws InterruptedException {
        Ending sure = ending;
        try {
            if (run.end(grace) == TerminationResult.SURVIVED) {
                sure = new Ending.ConnectionLost(run.survivors());
            }
            run.fetch(collector, timeouts.fetch());
            run.remove();
            return sure;
        } catch (ConnectionException e) {
            return new Ending.ConnectionLost(String.valueOf(e.getMessage()));
        }
    }

    /// Waits until the program listens at a port of its node.
    ///
    /// @throws ConnectionException if the node cannot be asked
    public Readiness.State awaitReady(int port, Duration timeout) throws ConnectionException, InterruptedException {
        Protocol protocol = command.tool().readiness();
        return readiness.await(device.commands(), protocol, port, () -> report != null, timeout);
    }

    /// Asks the program to end; one that does not within the node's `end` timeout is killed.
    public void stop() {
        stop.countDown();
    }

    /// Kills the program.
    public void kill() {
        grace = Duration.ZERO;
        isAbrupt = true;
        stop.countDown();
    }

    /// Whether the program has reported that its test is over.
    boolean hasReportedEnd() {
        return hasReportedEnd;
    }

    boolean hasWritten() {
        return hasWritten;
    }

    /// Whether a byte has come not longer ago than this, or the start is not.
    boolean hasWrittenWithin(Duration length) {
        RemoteProcess process = running;
        return process != null && process.silence().compareTo(length) <= 0;
    }

    /// Waits for the end.
    ///
    /// @return null if it goes on after the timeout
    public @Nullable CommandReport await(Duration timeout) throws InterruptedException {
        return over.await(timeout.toNanos(), TimeUnit.NANOSECONDS) ? report : null;
    }
}
