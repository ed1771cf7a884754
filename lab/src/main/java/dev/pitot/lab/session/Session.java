package dev.pitot.lab.session;

import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.session.Turns.Turn;
import dev.pitot.lab.store.ResultsFolder;
import dev.pitot.lab.store.RunResult;
import dev.pitot.lab.store.RunResult.Verdict;
import dev.pitot.lab.store.SeriesForm;
import dev.pitot.lab.store.SessionSummary;
import dev.pitot.lab.store.StoreException;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.lab.watch.Hook.Moment;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Carries a plan out: hooks, watches, every test in its turn, failed ones once more,
/// summaries. What is begun is ended, also when the session is stopped: processes on the nodes,
/// hooks of the end, files. Runs once, on one thread; any thread may stop it.
public final class Session {
    private final SessionSetup setup;
    private final SessionListener listener;
    private final int firstSlot;
    private final NanoClock clock = new MachineClock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Turns turns;
    private final List<Go> running = new ArrayList<>();
    private @Nullable Around around;
    private long beganNanos;
    private int done;
    private boolean isStopped;
    private boolean isKilled;

    public Session(SessionSetup setup, SessionListener listener) {
        this(setup, listener, 0);
    }

    /// @param firstSlot added to the usual ports, where others use those
    Session(SessionSetup setup, SessionListener listener, int firstSlot) {
        this.setup = setup;
        this.listener = listener;
        this.firstSlot = firstSlot;
        Plan plan = setup.plan();
        turns = new Turns(
                plan.cases(), plan.rules().parallel(), plan.rules().retries(), setup.copy()::attempt);
    }

    /// Runs the session to its end.
    ///
    /// @return what came of it, which is also the last event
    /// @throws StoreException if there is no folder for results
    /// @throws InterruptedException if this thread was interrupted; all is ended then as by
    /// [#kill]
    public SessionEvent.Ended run() throws StoreException, InterruptedException {
        Plan plan = setup.plan();
        beganNanos = clock.nanoTime();
        try (ResultsFolder folder = ResultsFolder.create(
                        setup.below(), plan, setup.copy(), SeriesForm.DETAILED, setup.clock(), setup.zone());
                Devices devices = new Devices(plan.nodes(), setup.connector())) {
            var teller = new Teller(listener, folder);
            teller.tell(new SessionEvent.Began(plan.title(), plan.cases().size(), folder.path()));
            try (Around surrounding = new Around(plan, devices, folder, teller, setup.clock())) {
                enter(surrounding);
                carryOut(new Work(setup, name(), devices, folder, surrounding, teller));
            }
            SessionSummary summary = folder.finish();
            folder.faults().forEach(fault -> teller.note(String.valueOf(fault.getMessage())));
            var ended = new SessionEvent.Ended(summary, folder.path(), isStopped());
            teller.tell(ended);
            return ended;
        }
    }

    /// Told apart from every other session in the names of files on the nodes.
    private String name() {
        return Long.toString(setup.clock().instant().toEpochMilli(), Character.MAX_RADIX);
    }

    /// What all tests of the session share.
    ///
    /// @param session its name in the marks of processes
    record Work(
            SessionSetup setup, String session, Devices devices, ResultsFolder folder, Around around, Teller teller) {}

    private void carryOut(Work work) throws InterruptedException {
        Around surrounding = work.around();
        try {
            String obstacle = surrounding.begin();
            if (obstacle == null) {
                takeTurns(work);
            } else {
                giveUp(work, Verdict.Kind.FAILED, "the session could not begin: " + obstacle);
            }
        } catch (InterruptedException e) {
            kill();
            throw e;
        } finally {
            giveUp(work, Verdict.Kind.STOPPED, "the session was stopped before this test");
            awaitRunning();
            surrounding.end(Moment.SESSION_END, null);
        }
    }

    private void takeTurns(Work work) throws InterruptedException {
        for (Turn turn = next(); turn != null; turn = next()) {
            Go go = begin(work, turn);
            Thread.ofVirtual().name("lab-test-" + turn.test().number()).start(() -> carryOut(work, go));
        }
    }

    /// The next turn, when there is one; null when none is left, or the session was stopped.
    private @Nullable Turn next() throws InterruptedException {
        lock.lock();
        try {
            Turn turn = null;
            while (turn == null && !turns.areOver() && !isStopped) {
                pause();
                turn = isStopped ? null : turns.next();
                if (turn == null && !turns.areOver() && !isStopped) {
                    change.await();
                }
            }
            return turn;
        } finally {
            lock.unlock();
        }
    }

    /// The plan's pause between two tests.
    private void pause() throws InterruptedException {
        long nanos = done == 0 || turns.left() == running.size()
                ? 0
                : setup.plan().rules().pause().toNanos();
        while (nanos > 0 && !isStopped) {
            nanos = change.awaitNanos(nanos);
        }
    }

    private Go begin(Work work, Turn turn) {
        Go go;
        Progress progress;
        lock.lock();
        try {
            int slot = firstSlot;
            while (isTaken(slot)) {
                slot++;
            }
            go = new Go(work, turn, slot);
            running.add(go);
            if (isStopped) {
                go.stop();
            }
            progress = progress();
        } finally {
            lock.unlock();
        }
        work.teller().tell(new SessionEvent.TestBegan(turn.test(), turn.attempt(), progress));
        return go;
    }

    private boolean isTaken(int slot) {
        return running.stream().anyMatch(go -> go.slot() == slot);
    }

    private void carryOut(Work work, Go go) {
        TestCase test = go.turn().test();
        RunResult result = go.result(
                Verdict.Kind.FAILED, "Pitot itself failed: see 'crash' in the folder of results, and tell us");
        try {
            result = go.carryOut();
        } catch (InterruptedException _) { // nobody interrupts these threads
            result = go.result(Verdict.Kind.STOPPED, "interrupted");
            work.folder().keep(result);
        } catch (RuntimeException | Error e) { // a fault of ours must not stop the other tests, and must be seen
            work.folder().crash("test " + test.number(), e);
            work.folder().keep(result);
        } finally {
            over(work, go, result); // whatever failed: the session waits for this
        }
    }

    /// The lock is not held while the listener hears of it: a slow one must not keep a stop
    /// waiting.
    private void over(Work work, Go go, RunResult result) {
        boolean comesAgain;
        Progress progress;
        lock.lock();
        try {
            done++;
            comesAgain = turns.over(go.turn(), result.verdict().kind() == Verdict.Kind.FAILED && !isStopped);
            progress = progress();
        } finally {
            lock.unlock();
        }
        try {
            work.teller().tell(new SessionEvent.TestEnded(result, comesAgain, progress));
        } finally {
            gone(go);
        }
    }

    private void gone(Go go) {
        lock.lock();
        try {
            running.remove(go);
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Progress progress() {
        return Progress.of(done, turns.left(), Duration.ofNanos(clock.nanoTime() - beganNanos));
    }

    private void giveUp(Work work, Verdict.Kind kind, String reason) {
        List<TestCase> never;
        lock.lock();
        try {
            never = turns.giveUp();
        } finally {
            lock.unlock();
        }
        Instant now = setup.clock().instant();
        for (TestCase test : never) {
            work.folder().keep(Go.result(test, 1, now, now, kind, reason));
        }
    }

    /// Bounded: each test that was told to end does.
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

    private void enter(Around surrounding) {
        lock.lock();
        try {
            around = surrounding;
            if (isKilled) {
                surrounding.kill();
            } else if (isStopped) {
                surrounding.stop();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return isStopped;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the session in order: tests that run are ended and their data kept, no other
    /// begins, hooks of the end are done.
    public void stop() {
        lock.lock();
        try {
            isStopped = true;
            running.forEach(Go::stop);
            if (around != null) {
                around.stop();
            }
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the session at once: programs are killed, hooks broken off.
    public void kill() {
        Around toKill;
        lock.lock();
        try {
            isStopped = true;
            isKilled = true;
            running.forEach(Go::kill);
            toKill = around;
            change.signalAll();
        } finally {
            lock.unlock();
        }
        if (toKill != null) {
            toKill.kill(); // waits for hooks, which the lock must not
        }
    }
}
