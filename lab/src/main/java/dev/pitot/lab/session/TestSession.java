package dev.pitot.lab.session;

import dev.pitot.lab.plan.Hook.Moment;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.NodeLease;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.results.ResultsException;
import dev.pitot.lab.results.ResultsFolder;
import dev.pitot.lab.results.RunResult;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.results.SessionSummary;
import dev.pitot.lab.session.TestQueue.Attempt;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.model.time.NanoClock;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Carries a plan out: hooks, watches, every test in its turn, failed ones once more,
/// summaries. What is begun is ended, also when the session is stopped: processes on the nodes,
/// hooks of the end, files. Runs once, on one thread; any thread may stop it.
public final class TestSession {
    private static final int RANDOM = 36 * 36 * 36; // three letters: sessions of one millisecond differ

    private final SessionSetup setup;
    private final SessionListener listener;
    private final int firstSlot;
    private final @Nullable String hereTemporaryFolder;
    private final NanoClock clock = new MachineClock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final TestQueue queue;
    private final List<TestExecution> running = new ArrayList<>();
    private @Nullable SessionFixtures fixtures;
    private volatile @Nullable Thread preparing;
    private long beganNanos;
    private int done;
    private boolean isDiskFailureKnown;
    private volatile boolean isStopped;
    private volatile boolean isAskedToStop;
    private volatile String stopReason = "";
    private boolean isKilled;

    public TestSession(SessionSetup setup, SessionListener listener) {
        this(setup, listener, 0, null);
    }

    /// @param firstSlot added to the usual ports, where others use those
    /// @param hereTemporaryFolder for the lease of this machine, where others use the usual one; null for that
    TestSession(SessionSetup setup, SessionListener listener, int firstSlot, @Nullable String hereTemporaryFolder) {
        this.setup = setup;
        this.listener = listener;
        this.firstSlot = firstSlot;
        this.hereTemporaryFolder = hereTemporaryFolder;
        Plan plan = setup.plan();
        queue = new TestQueue(
                plan.cases(), plan.options().parallel(), plan.options().retries(), setup.copy()::attempt);
    }

    /// Runs the session to its end.
    ///
    /// @return what came of it, which is also the last event
    /// @throws ResultsException if there is no folder for results
    /// @throws InterruptedException if this thread was interrupted; all is ended then as by [#kill]
    public SessionEvent.Ended run() throws ResultsException, InterruptedException {
        Plan plan = setup.plan();
        beganNanos = clock.nanoTime();
        try (ResultsFolder folder =
                        ResultsFolder.create(setup.below(), plan, setup.copy(), setup.clock(), setup.zone());
                SessionNodes devices = new SessionNodes(setup, name(), hereTemporaryFolder)) {
            var publisher = new EventPublisher(listener, folder);
            // on a thread of its own: a thread that writes a line may hold any lock
            CompletableFuture<?> _ = folder.diskFailure()
                    .thenAcceptAsync(
                            reason -> onDiskFailure(reason, publisher),
                            Thread.ofVirtual().name("lab-disk")::start);
            publisher.publish(new SessionEvent.Began(plan.title(), plan.cases().size(), folder.path()));
            String obstacle = execute(devices, folder, publisher);
            SessionSummary summary = folder.finish();
            String full = folder.diskFailure().getNow(null);
            if (full != null) { // reported once, for all files
                onDiskFailure(full, publisher);
            } else {
                folder.faults().forEach(fault -> publisher.note(String.valueOf(fault.getMessage())));
            }
            var ended = new SessionEvent.Ended(summary, folder.path(), isAskedToStop, full == null ? obstacle : full);
            publisher.publish(ended);
            return ended;
        }
    }

    private synchronized void onDiskFailure(String reason, EventPublisher publisher) { // until it is reported
        if (!isDiskFailureKnown) {
            isDiskFailureKnown = true;
            String why = "the results cannot be written (" + reason + ")";
            end(why);
            publisher.note("the session ends: " + why + ": make room or put the folder back, then run the rest");
        }
    }

    /// Unique, for the names of files on the nodes.
    private String name() {
        return Long.toString(setup.clock().instant().toEpochMilli(), Character.MAX_RADIX)
                + Integer.toString(ThreadLocalRandom.current().nextInt(RANDOM), Character.MAX_RADIX);
    }

    /// Does all that is done while the nodes are the session's.
    ///
    /// @return why they could not be had; null if they were
    private @Nullable String execute(SessionNodes devices, ResultsFolder folder, EventPublisher publisher)
            throws InterruptedException {
        Plan plan = setup.plan();
        var owner = NodeLease.Owner.ofThisProcess(
                devices.session(), plan.title(), setup.clock().instant(), setup.zone());
        var terms = new NodeLeases.Terms(
                owner, plan.options().leaseWait(), setup.clock(), setup.zone(), publisher::note, () -> isStopped);
        NodeCommands here = File.separatorChar == '\\' ? null : devices.here().commands();
        preparing(Thread.currentThread());
        try (NodeLeases leases = NodeLeases.acquire(devices.byName().values(), here, terms)) {
            String missing = devices.ask();
            preparing(null);
            if (missing != null) {
                refuse(folder, publisher, missing, Verdict.Kind.FAILED);
                return null;
            }
            try (var surrounding = new SessionFixtures(plan, devices, folder, publisher, setup.clock())) {
                enter(surrounding);
                execute(new RunContext(setup, devices, leases, folder, surrounding, publisher));
            }
            return null;
        } catch (ConnectionException e) { // no hook may touch what is another session's
            return refuse(folder, publisher, String.valueOf(e.getMessage()), null);
        } catch (InterruptedException e) {
            if (preparing == null || !isStopped) {
                kill();
                throw e;
            }
            return null;
        } finally {
            preparing(null);
            String why = stopReason.isEmpty() ? "" : ": " + stopReason;
            cancelPending(folder, Verdict.Kind.STOPPED, "the session was stopped before this test" + why);
        }
    }

    /// @param thread that a stop interrupts, since it waits for nodes; null for none
    private void preparing(@Nullable Thread thread) {
        lock.lock();
        try {
            boolean wasInterrupted = preparing != null && Thread.interrupted();
            preparing = thread;
            if (thread != null ? isStopped : wasInterrupted && !isStopped) {
                Thread.currentThread().interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /// @param kind null for no results, so that the session can be resumed
    private @Nullable String refuse(
            ResultsFolder folder, EventPublisher publisher, String obstacle, Verdict.@Nullable Kind kind) {
        if (isStopped) {
            return null;
        }
        String reason = "the session could not begin: " + obstacle;
        publisher.note(reason);
        cancelPending(folder, kind, reason);
        return reason;
    }

    private void execute(RunContext context) throws InterruptedException {
        SessionFixtures surrounding = context.fixtures();
        try {
            String obstacle = surrounding.begin();
            if (obstacle == null) {
                runTests(context);
            } else {
                refuse(context.folder(), context.publisher(), obstacle, Verdict.Kind.FAILED);
            }
        } catch (InterruptedException e) {
            kill();
            throw e;
        } finally {
            awaitRunning();
            surrounding.end(Moment.SESSION_END, null);
        }
    }

    private void runTests(RunContext context) throws InterruptedException {
        for (Attempt attempt = next(); attempt != null; attempt = next()) {
            TestExecution go = begin(context, attempt);
            Thread.ofVirtual().name("lab-test-" + attempt.test().number()).start(() -> execute(context, go));
        }
    }

    /// The next turn, when there is one; null when none is left, or the session was stopped.
    private @Nullable Attempt next() throws InterruptedException {
        lock.lock();
        try {
            Attempt attempt = null;
            while (attempt == null && !queue.isDone() && !isStopped) {
                pause();
                attempt = isStopped ? null : queue.next();
                if (attempt == null && !queue.isDone() && !isStopped) {
                    change.await();
                }
            }
            return attempt;
        } finally {
            lock.unlock();
        }
    }

    /// The plan's pause between two tests.
    private void pause() throws InterruptedException {
        long nanos = done == 0 || queue.remaining() == running.size()
                ? 0
                : setup.plan().options().pause().toNanos();
        while (nanos > 0 && !isStopped) {
            nanos = change.awaitNanos(nanos);
        }
    }

    private TestExecution begin(RunContext context, Attempt attempt) {
        TestExecution go;
        SessionProgress progress;
        lock.lock();
        try {
            int slot = firstSlot;
            while (isTaken(slot)) {
                slot++;
            }
            go = new TestExecution(context, attempt, slot);
            running.add(go);
            if (isStopped) {
                go.stop();
            }
            progress = progress();
        } finally {
            lock.unlock();
        }
        context.publisher().publish(new SessionEvent.TestBegan(attempt.test(), attempt.attempt(), progress));
        return go;
    }

    private boolean isTaken(int slot) {
        return running.stream().anyMatch(go -> go.slot() == slot);
    }

    private void execute(RunContext context, TestExecution go) {
        TestCase test = go.attempt().test();
        RunResult result = go.result(
                Verdict.Kind.FAILED, "Pitot itself failed: see 'crash' in the folder of results, and report it");
        try {
            result = go.execute();
        } catch (InterruptedException _) { // nobody interrupts these threads
            result = go.result(Verdict.Kind.STOPPED, "interrupted");
            context.folder().keep(result);
        } catch (RuntimeException | Error e) { // a fault of ours must not stop the other tests, and must be seen
            context.folder().crash("test " + test.number(), e);
            context.folder().keep(result);
        } finally {
            String diskFailure = context.folder().diskFailure().getNow(null);
            if (diskFailure != null) { // before the next test could begin
                onDiskFailure(diskFailure, context.publisher());
            }
            over(context, go, result); // whatever failed: the session waits for this
        }
    }

    /// The lock is not held while the listener is called: a slow one must not keep a stop waiting.
    private void over(RunContext context, TestExecution go, RunResult result) {
        boolean comesAgain;
        SessionProgress progress;
        lock.lock();
        try {
            done++;
            comesAgain = queue.finish(
                    go.attempt(), result.verdict().kind() == Verdict.Kind.FAILED && go.mayComeAgain() && !isStopped);
            progress = progress();
        } finally {
            lock.unlock();
        }
        try {
            context.publisher().publish(new SessionEvent.TestEnded(result, comesAgain, progress));
        } finally {
            lock.lock();
            try {
                running.remove(go);
                change.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private SessionProgress progress() {
        var elapsed = Duration.ofNanos(clock.nanoTime() - beganNanos);
        return SessionProgress.of(done, queue.remaining(), isStopped ? null : elapsed);
    }

    private void cancelPending(ResultsFolder folder, Verdict.@Nullable Kind kind, String reason) {
        List<TestCase> never;
        lock.lock();
        try {
            never = queue.cancelPending();
        } finally {
            lock.unlock();
        }
        Instant now = setup.clock().instant();
        if (kind != null) {
            never.forEach(test -> folder.keep(TestExecution.result(test, 1, now, now, kind, reason)));
        }
    }

    /// Bounded: each stopped test ends.
    private void awaitRunning() {
        lock.lock();
        try {
            while (!running.isEmpty()) {
                change.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter(SessionFixtures surrounding) {
        lock.lock();
        try {
            fixtures = surrounding;
            if (isKilled) {
                surrounding.kill();
            } else if (isStopped) {
                surrounding.stop(stopReason);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends the session in order: tests that run are ended and their data kept, no other
    /// begins, hooks of the end are done.
    public void stop() {
        isAskedToStop = true;
        end("");
    }

    private void end(String reason) {
        lock.lock();
        try {
            stopReason = isStopped ? stopReason : reason; // the first one
            isStopped = true;
            running.forEach(TestExecution::stop);
            if (preparing != null) {
                preparing.interrupt();
            }
            if (fixtures != null) {
                fixtures.stop(stopReason);
            }
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the session at once: programs are killed, hooks broken off.
    public void kill() {
        SessionFixtures toKill;
        lock.lock();
        try {
            isStopped = true;
            isAskedToStop = true;
            isKilled = true;
            running.forEach(TestExecution::kill);
            if (preparing != null) {
                preparing.interrupt();
            }
            toKill = fixtures;
            change.signalAll();
        } finally {
            lock.unlock();
        }
        if (toKill != null) {
            toKill.kill(); // waits for hooks, which the lock must not
        }
    }
}
