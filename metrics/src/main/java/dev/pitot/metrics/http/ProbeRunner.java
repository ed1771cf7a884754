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

/// Runs probes, each on a virtual thread, and interrupts those that exceed their deadline. A probe
/// occupies its slot until its prober returns, even if the response was sent before. Thread-safe.
final class ProbeRunner implements AutoCloseable {
    /// Time for a cancelled test to end, so that its results still get on the page; less than the
    /// half second between the deadline and the scrape timeout.
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final ProbeOptions probeOptions;
    private final Consumer<Duration> begun;
    private final Semaphore free;
    private final Map<Thread, Long> ends = new ConcurrentHashMap<>(); // of running probes, in clock time
    private volatile boolean closed;

    /// @param begun called on the requesting thread with the time limit of a probe that got a slot
    ProbeRunner(ProbeOptions probeOptions, Consumer<Duration> begun) {
        this.probeOptions = probeOptions;
        this.begun = begun;
        free = new Semaphore(probeOptions.atOnce());
    }

    ProbeOptions probeOptions() {
        return probeOptions;
    }

    /// Runs one probe.
    ///
    /// @param accept the `Accept` header; null if there is none
    /// @return the page; null if too many probes are running, or the runner is closed
    @Nullable Page page(ProbeRequest request, Duration deadline, @Nullable String accept) throws InterruptedException {
        if (!free.tryAcquire()) {
            return null;
        }
        var metrics = new ProbeMetrics();
        var task = new FutureTask<Outcome>(
                () -> probeOptions.prober().probe(request.target(), request.profile(), deadline, metrics));
        Duration most = deadline.plus(GRACE);
        long start = probeOptions.clock().nanoTime();
        Thread thread = Thread.ofVirtual().name("pitot-probe").unstarted(() -> run(task));
        ends.put(thread, start + most.toNanos());
        if (closed) { // checked after put(): either close() sees the thread, or this sees `closed`
            end(thread);
            return null;
        }
        thread.start();
        begun.accept(most);
        boolean inTime = awaitOrInterrupt(thread, task, deadline, metrics);
        Duration duration = Duration.ofNanos(probeOptions.clock().nanoTime() - start);
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
        } catch (InterruptedException e) { // the response is no longer awaited
            thread.interrupt();
            throw e;
        }
    }

    private static boolean await(FutureTask<Outcome> task, Duration timeout, ProbeMetrics metrics)
            throws InterruptedException {
        try {
            metrics.onOutcome(task.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
            return true;
        } catch (ExecutionException _) { // no outcome: the page reports a failed probe
            return true;
        } catch (TimeoutException _) { // the caller decides
            return false;
        }
    }

    /// Returns the time until a slot is free: until the first running probe must end, rounded up to
    /// whole seconds; at least one second.
    Duration untilFree() {
        long now = probeOptions.clock().nanoTime();
        long nanos = ends.values().stream().mapToLong(end -> end - now).min().orElse(0);
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(nanos, NANOS_PER_SECOND)));
    }

    /// Cancels running probes and starts no more.
    @Override
    public void close() {
        closed = true;
        ends.keySet().forEach(Thread::interrupt);
    }
}
