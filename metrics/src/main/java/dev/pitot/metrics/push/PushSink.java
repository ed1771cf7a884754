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

/// Pushes metrics of tests to a Pushgateway; failures are reported and do not affect the tests. A
/// dedicated virtual thread makes the requests, one at a time, so that no listener blocks. Handles
/// any number of consecutive or concurrent tests; all replace the same group.
///
/// Of intervals, and of texts that contain the whole state, only the newest is queued; it replaces
/// an older one that has not been pushed yet. All windows are pushed; if too many are queued, the
/// oldest are dropped and counted.
public final class PushSink implements AutoCloseable {
    private static final String NOT_DELETED = "failed to delete Pushgateway metrics: ";
    private static final int MAX_WINDOWS = 256;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long FOR_DELETION_NANOS = Duration.ofSeconds(1).toNanos(); // part of GRACE

    private final PushGateway gateway;
    private final SnapshotFormat format;
    private final Snapshots snapshots;
    private final Consumer<String> failures;
    private final long timeoutNanos;
    private final Thread worker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> waiting = new ArrayDeque<>(); // guarded by the lock, like all fields below
    private boolean isClosing;
    private boolean isClosed;
    private boolean isFlushed;
    private boolean isEnded;
    private boolean isUnanswered; // the last push, made while closing
    private long pushed;
    private long failed;
    private long replaced;
    private long dropped;

    /// Numbers of records by result.
    ///
    /// @param pushed accepted by the Pushgateway
    /// @param failed not accepted
    /// @param replaced replaced by a newer one before they were pushed
    /// @param dropped windows dropped because too many were queued, and records that were queued or
    ///     being pushed when the time limit of `close` expired, or that arrived afterwards
    public record PushCounters(long pushed, long failed, long replaced, long dropped) {}

    private PushSink(PushConfig config, SnapshotFormat format, Consumer<String> failures) {
        this.format = format;
        this.failures = failures;
        snapshots = new Snapshots(format, this::offer, () -> {});
        gateway = new PushGateway(config);
        timeoutNanos = config.delivery().timeout().plus(GRACE).toNanos();
        worker = Thread.ofVirtual().name("pitot-push").unstarted(this::work);
    }

    /// Creates a sink and starts its thread.
    ///
    /// @param failures receives each failure message, on the pushing thread or, at the end, on the
    ///     closing thread
    public static PushSink open(PushConfig config, SnapshotFormat format, Consumer<String> failures) {
        var sink = new PushSink(config, format, failures);
        sink.worker.start();
        return sink;
    }

    /// Returns a listener for one test that this process runs as a client.
    public TestListener forTest() {
        return snapshots.forTest();
    }

    /// Returns a listener for a server and its tests.
    public ServerListener forServer() {
        return snapshots.forServer();
    }

    /// Returns the numbers of records so far.
    public PushCounters counters() {
        lock.lock();
        try {
            return new PushCounters(pushed, failed, replaced, dropped);
        } finally {
            lock.unlock();
        }
    }

    /// Queues a text to be pushed. Returns at once.
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
    /// @return the text; null if there will be no more
    private @Nullable String next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !isClosing) {
                changed.awaitUninterruptibly();
            }
            if (waiting.isEmpty()) {
                isFlushed = true;
                changed.signalAll();
                Thread.interrupted(); // the interrupt of the last push must not abort the deletion
            }
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private enum PushResult {
        PUSHED,
        FAILED,
        UNANSWERED,
        DROPPED
    }

    private PushResult push(String text) {
        try {
            gateway.push(text);
            return PushResult.PUSHED;
        } catch (PushException e) {
            tell("failed to push " + (format.window() == null ? "" : "window ") + "metrics: " + e.getMessage());
            return e.isTimeout() ? PushResult.UNANSWERED : PushResult.FAILED;
        } catch (InterruptedException _) { // time limit expired
            return PushResult.DROPPED;
        }
    }

    private void count(PushResult result) {
        lock.lock();
        try {
            isUnanswered = isClosing && result == PushResult.UNANSWERED;
            switch (result) {
                case PUSHED -> pushed++;
                case FAILED, UNANSWERED -> failed++;
                case DROPPED -> dropped++;
            }
        } finally {
            lock.unlock();
        }
    }

    private void delete() {
        if (isUnanswered()) { // the remaining time is too short for a server that is this slow
            tell(NOT_DELETED + "not attempted, because the last push was not answered");
            return;
        }
        try {
            gateway.delete();
        } catch (PushException e) {
            tell(NOT_DELETED + e.getMessage());
        } catch (InterruptedException _) {
            tell(NOT_DELETED + "no answer in time");
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
            // a failure listener that throws does not stop pushing
        }
    }

    /// Pushes the queued texts, then deletes the group if configured. Takes at most the timeout of
    /// one request plus two seconds, the last of which is reserved for the deletion; drops the
    /// remaining texts and reports their number. Further calls do nothing.
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
            long left = timeoutNanos;
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
            tell("dropped " + lost + (lost == 1 ? " push" : " pushes") + " of metrics: the Pushgateway at "
                    + gateway.config().endpoint() + " did not accept them in time");
        }
    }
}
