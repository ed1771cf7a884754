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

/// Gives each exchange a virtual thread for a limited time. When the time is over the thread is
/// interrupted, which closes the connection that it reads from or writes to: so a client that
/// dawdles takes nobody's place for long. Any thread may call it.
///
/// One exchange too many is rejected, and the server closes its connection.
final class Exchanges implements Executor, AutoCloseable {
    private final Semaphore free;
    private final Limits limits;
    private final Map<Thread, Future<?>> alarms = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("pitot-metrics-timer").factory());
    private volatile boolean closed;

    Exchanges(Limits limits) {
        this.limits = limits;
        free = new Semaphore(limits.exchanges());
        timer.setRemoveOnCancelPolicy(true); // else each alarm stays until it would have rung
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
            allow(limits.headPatience());
            exchange.run();
        } finally {
            Future<?> alarm = alarms.remove(thread);
            if (alarm != null) {
                alarm.cancel(false);
            }
            free.release();
        }
    }

    /// The exchange of this thread, whose request has come, may take `time` and then the time
    /// that everybody has for taking an answer.
    void allowAnswer(Duration time) {
        allow(time.plus(limits.patience()));
    }

    private void allow(Duration time) {
        Thread thread = Thread.currentThread();
        try {
            Future<?> alarm = timer.schedule(thread::interrupt, time.toNanos(), TimeUnit.NANOSECONDS);
            Future<?> old = alarms.put(thread, alarm);
            if (old != null) {
                old.cancel(false);
            }
        } catch (RejectedExecutionException _) { // closed meanwhile, as the test below finds
        }
        if (closed) { // asked behind the put: either close() sees the thread, or this sees that it is closed
            thread.interrupt();
        }
    }

    /// How many alarms are set.
    int alarms() {
        return timer.getQueue().size();
    }

    /// Ends all exchanges.
    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        alarms.keySet().forEach(Thread::interrupt);
    }
}
