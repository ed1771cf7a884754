package dev.pitot.metrics.http;

import dev.pitot.metrics.prometheus.Page;
import dev.pitot.metrics.prometheus.ProbeMetrics;
import dev.pitot.model.result.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Runs probes, each on a virtual thread of its own, and cuts those that take too long. A probe
/// has its place until its prober returns, even if the answer went out before. Any thread may
/// call it.
final class ProbeRunner implements AutoCloseable {
    /// What a test has to end, once cancelled, so that its figures still get on the page; within
    /// the half second that a deadline leaves.
    static final Duration GRACE = Duration.ofMillis(250);

    private final Probing probing;
    private final Semaphore free;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    ProbeRunner(Probing probing) {
        this.probing = probing;
        free = new Semaphore(probing.atOnce());
    }

    Probing probing() {
        return probing;
    }

    /// Runs one probe.
    ///
    /// @param accept the header of that name; null where there is none
    /// @return null if too many are running
    @Nullable Page page(ProbeRequest request, Duration deadline, @Nullable String accept) throws InterruptedException {
        if (!free.tryAcquire()) {
            return null;
        }
        var metrics = new ProbeMetrics();
        var task = new FutureTask<Outcome>(
                () -> probing.prober().probe(request.target(), request.profile(), deadline, metrics));
        long start = probing.clock().nanoTime();
        Thread thread = Thread.ofVirtual().name("pitot-probe").unstarted(() -> run(task));
        running.add(thread);
        thread.start();
        boolean inTime = await(task, deadline, metrics);
        if (!inTime) {
            thread.interrupt();
            await(task, GRACE, metrics);
        }
        Duration duration = Duration.ofNanos(probing.clock().nanoTime() - start);
        return metrics.page(inTime, duration, accept);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            running.remove(Thread.currentThread());
            free.release();
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

    /// Cancels the probes that run.
    @Override
    public void close() {
        running.forEach(Thread::interrupt);
    }
}
