package dev.pitot.metrics.http;

import dev.pitot.metrics.prometheus.Page;
import dev.pitot.metrics.prometheus.ProbeMetrics;
import dev.pitot.model.result.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs probes, each on a virtual thread of its own, and cuts those that take too long. A probe
/// has its place until its prober returns, even if the answer went out before. Any thread may
/// call it.
final class ProbeRunner implements AutoCloseable {
    /// What a test has to end, once cancelled, so that its figures still get on the page; within
    /// the half second that a deadline leaves.
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Probing probing;
    private final Consumer<Duration> begun;
    private final Semaphore free;
    private final Map<Thread, Long> ends = new ConcurrentHashMap<>(); // of probes that run, by the clock
    private volatile boolean closed;

    /// @param begun is told, on the asking thread, how long the probe that has got a place may
    ///     take
    ProbeRunner(Probing probing, Consumer<Duration> begun) {
        this.probing = probing;
        this.begun = begun;
        free = new Semaphore(probing.atOnce());
    }

    Probing probing() {
        return probing;
    }

    /// Runs one probe.
    ///
    /// @param accept the header of that name; null where there is none
    /// @return null if too many are running, or all is over
    @Nullable Page page(ProbeRequest request, Duration deadline, @Nullable String accept) throws InterruptedException {
        if (!free.tryAcquire()) {
            return null;
        }
        var metrics = new ProbeMetrics();
        var task = new FutureTask<Outcome>(
                () -> probing.prober().probe(request.target(), request.profile(), deadline, metrics));
        Duration most = deadline.plus(GRACE);
        long start = probing.clock().nanoTime();
        Thread thread = Thread.ofVirtual().name("pitot-probe").unstarted(() -> run(task));
        ends.put(thread, start + most.toNanos());
        if (closed) { // asked behind the put: either close() sees the thread, or this sees that it is closed
            end(thread);
            return null;
        }
        thread.start();
        begun.accept(most);
        boolean inTime = awaitOrInterrupt(thread, task, deadline, metrics);
        Duration duration = Duration.ofNanos(probing.clock().nanoTime() - start);
        return metrics.page(inTime, duration, accept);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            end(Thread.currentThread());
        }
    }

    private void end(Thread thread) {
        ends.remove(thread);
        free.release();
    }

    private static boolean awaitOrInterrupt(
            Thread thread, FutureTask<Outcome> task, Duration deadline, ProbeMetrics metrics)
            throws InterruptedException {
        try {
            if (await(task, deadline, metrics)) {
                return true;
            }
            thread.interrupt();
            await(task, GRACE, metrics);
            return false;
        } catch (InterruptedException e) { // nobody waits for the answer any more
            thread.interrupt();
            throw e;
        }
    }

    private static boolean await(FutureTask<Outcome> task, Duration patience, ProbeMetrics metrics)
            throws InterruptedException {
        try {
            metrics.onOutcome(task.get(patience.toNanos(), TimeUnit.NANOSECONDS));
            return true;
        } catch (ExecutionException _) { // no outcome: the page says that the probe failed
            return true;
        } catch (TimeoutException _) { // the caller's to decide
            return false;
        }
    }

    /// When a place will be free, from now: when the first of those that run has to end, rounded
    /// up to whole seconds; at least a second.
    Duration untilFree() {
        long now = probing.clock().nanoTime();
        long nanos = ends.values().stream().mapToLong(end -> end - now).min().orElse(0);
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(nanos, NANOS_PER_SECOND)));
    }

    /// Cancels the probes that run, and begins no more.
    @Override
    public void close() {
        closed = true;
        ends.keySet().forEach(Thread::interrupt);
    }
}
