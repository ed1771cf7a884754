package dev.pitot.metrics.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Executor that runs each exchange on a virtual thread with a timeout. After the timeout the
/// thread is interrupted, which closes the connection that it reads from or writes to, so that a
/// slow client cannot occupy a slot for long. Thread-safe.
///
/// An exchange above the limit is rejected, and the server closes its connection.
final class ExchangeExecutor implements Executor, AutoCloseable {
    private final Semaphore free;
    private final EndpointLimits limits;
    private final Map<Thread, Future<?>> alarms = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("pitot-metrics-timer").factory());
    private volatile boolean closed;

    ExchangeExecutor(EndpointLimits limits) {
        this.limits = limits;
        free = new Semaphore(limits.exchanges());
        timer.setRemoveOnCancelPolicy(true); // else cancelled timers stay queued until they would expire
    }

    @Override
    public void execute(Runnable exchange) {
        if (closed || !free.tryAcquire()) {
            throw new RejectedExecutionException("too many requests at once");
        }
        Thread.ofVirtual().name("pitot-metrics").start(() -> run(exchange));
    }

    private void run(Runnable exchange) {
        Thread thread = Thread.currentThread();
        try {
            allow(limits.headTimeout());
            exchange.run();
        } finally {
            Future<?> alarm = alarms.remove(thread);
            if (alarm != null) {
                alarm.cancel(false);
            }
            free.release();
        }
    }

    /// Sets the timeout of the current thread's exchange, whose request has been received, to
    /// `time` plus the timeout for reading the response.
    void allowAnswer(Duration time) {
        allow(time.plus(limits.timeout()));
    }

    private void allow(Duration time) {
        Thread thread = Thread.currentThread();
        try {
            Future<?> alarm = timer.schedule(thread::interrupt, time.toNanos(), TimeUnit.NANOSECONDS);
            Future<?> old = alarms.put(thread, alarm);
            if (old != null) {
                old.cancel(false);
            }
        } catch (RejectedExecutionException _) { // closed meanwhile: handled below
        }
        if (closed) { // checked after put(): either close() sees the thread, or this sees `closed`
            thread.interrupt();
        }
    }

    /// Returns the number of pending timers.
    int alarms() {
        return timer.getQueue().size();
    }

    /// Aborts all exchanges.
    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        alarms.keySet().forEach(Thread::interrupt);
    }
}
