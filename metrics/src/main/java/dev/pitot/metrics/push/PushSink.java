package dev.pitot.metrics.push;

import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.record.Snapshots;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Pushes what tests measure as well as it can: failures are told and change nothing else. A
/// virtual thread of its own makes the requests, one after the other, so that no listener waits.
/// Serves any number of tests, one after the other or together; all replace the same group.
///
/// Of intervals, and of texts that show all that is known, only the newest waits; an older one
/// that was not pushed in time is replaced. Of windows all are pushed; if too many wait, the
/// oldest are dropped and counted.
public final class PushSink implements AutoCloseable {
    private static final String NOT_DELETED = "failed to delete Pushgateway metrics: ";
    private static final int MAX_WINDOWS = 256;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long FOR_DELETION_NANOS = Duration.ofSeconds(1).toNanos(); // of the grace

    private final PushGateway gateway;
    private final SnapshotFormat format;
    private final Snapshots snapshots;
    private final Consumer<String> failures;
    private final long patienceNanos;
    private final Thread worker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> waiting = new ArrayDeque<>(); // guarded by the lock, as all below
    private boolean isClosing;
    private boolean isClosed;
    private boolean isFlushed;
    private boolean isEnded;
    private boolean isUnanswered; // the last push, made while closing
    private long pushed;
    private long failed;
    private long replaced;
    private long dropped;

    /// What became of records.
    ///
    /// @param pushed which the Pushgateway took
    /// @param failed which it did not take
    /// @param replaced those that a newer one overtook
    /// @param dropped windows of which too many waited, and whatever still waited or was under
    /// way
    ///     when time was up, or came after the end
    public record Tally(long pushed, long failed, long replaced, long dropped) {}

    private PushSink(PushConfig config, SnapshotFormat format, Consumer<String> failures) {
        this.format = format;
        this.failures = failures;
        snapshots = new Snapshots(format, this::offer, () -> {});
        gateway = new PushGateway(config);
        patienceNanos = config.delivery().timeout().plus(GRACE).toNanos();
        worker = Thread.ofVirtual().name("pitot-push").unstarted(this::work);
    }

    /// A sink that is ready for tests.
    ///
    /// @param failures takes each failure as a sentence, on the pushing thread or, at the end,
    ///     on the closing one
    public static PushSink open(PushConfig config, SnapshotFormat format, Consumer<String> failures) {
        var sink = new PushSink(config, format, failures);
        sink.worker.start();
        return sink;
    }

    /// A listener for one test that this process runs as a client.
    public TestListener forTest() {
        return snapshots.forTest();
    }

    /// A listener for a server and its tests.
    public ServerListener forServer() {
        return snapshots.forServer();
    }

    /// What became of records so far.
    public Tally tally() {
        lock.lock();
        try {
            return new Tally(pushed, failed, replaced, dropped);
        } finally {
            lock.unlock();
        }
    }

    /// Pushes a text as soon as it can, in its turn. Returns at once.
    public void offer(String text) {
        lock.lock();
        try {
            if (isClosing) {
                dropped++;
                return;
            }
            if (format.isReplaceable() && !waiting.isEmpty()) {
                waiting.removeFirst();
                replaced++;
            } else if (waiting.size() == MAX_WINDOWS) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(text);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            for (String text = next(); text != null; text = next()) {
                count(push(text));
            }
            if (gateway.config().deleteOnFinish()) {
                delete();
            }
        } finally {
            end();
        }
    }

    private void end() {
        lock.lock();
        try {
            isFlushed = true;
            isEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next text.
    ///
    /// @return null once there will be none
    private @Nullable String next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !isClosing) {
                changed.awaitUninterruptibly();
            }
            if (waiting.isEmpty()) {
                isFlushed = true;
                changed.signalAll();
                Thread.interrupted(); // what ended the last push shall not end the deletion
            }
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private enum Fate {
        PUSHED,
        FAILED,
        UNANSWERED,
        DROPPED
    }

    private Fate push(String text) {
        try {
            gateway.push(text);
            return Fate.PUSHED;
        } catch (PushException e) {
            tell("failed to push " + (format.window() == null ? "" : "window ") + "metrics: " + e.getMessage());
            return e.isTimeout() ? Fate.UNANSWERED : Fate.FAILED;
        } catch (InterruptedException _) { // time is up
            return Fate.DROPPED;
        }
    }

    private void count(Fate fate) {
        lock.lock();
        try {
            isUnanswered = isClosing && fate == Fate.UNANSWERED;
            switch (fate) {
                case PUSHED -> pushed++;
                case FAILED, UNANSWERED -> failed++;
                case DROPPED -> dropped++;
            }
        } finally {
            lock.unlock();
        }
    }

    private void delete() {
        if (isUnanswered()) { // what is left of the time is too short for one that is so slow
            tell(NOT_DELETED + "not tried, for the last push had no answer");
            return;
        }
        try {
            gateway.delete();
        } catch (PushException e) {
            tell(NOT_DELETED + e.getMessage());
        } catch (InterruptedException _) {
            tell(NOT_DELETED + "there was no answer in time");
        }
    }

    private boolean isUnanswered() {
        lock.lock();
        try {
            return isUnanswered;
        } finally {
            lock.unlock();
        }
    }

    private void tell(String failure) {
        try {
            failures.accept(failure);
        } catch (RuntimeException | Error _) {
            // whoever cannot take a message shall not end the pushing, whatever keeps them from
            // it
        }
    }

    /// Pushes what waits, and deletes the group if it shall go, for as long as one request may
    /// take and two seconds, of which the last is for the deletion; gives up the rest and tells
    /// how much that was. Further calls do nothing.
    @Override
    public void close() {
        try {
            finish();
            worker.join(GRACE);
        } catch (InterruptedException _) {
            giveUp();
            worker.interrupt();
            Thread.currentThread().interrupt();
        } finally {
            gateway.close();
            tellDropped();
        }
    }

    private void finish() throws InterruptedException {
        lock.lock();
        try {
            isClosing = true;
            changed.signalAll();
            long reserve = gateway.config().deleteOnFinish() ? FOR_DELETION_NANOS : 0;
            long left = patienceNanos;
            while (!isFlushed && left > reserve) {
                left = reserve + changed.awaitNanos(left - reserve);
            }
            if (!isFlushed) {
                giveUp();
            }
            while (!isEnded && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (!isEnded && isFlushed) {
                worker.interrupt(); // its deletion
            }
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        lock.lock();
        try {
            if (!isFlushed) {
                dropped += waiting.size();
                waiting.clear();
                worker.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellDropped() {
        long lost;
        lock.lock();
        try {
            lost = isClosed ? 0 : dropped;
            isClosed = true;
        } finally {
            lock.unlock();
        }
        if (lost > 0) {
            tell("gave up " + lost + (lost == 1 ? " push" : " pushes") + " of metrics: the Pushgateway at "
                    + gateway.config().endpoint() + " did not take them in time");
        }
    }
}
