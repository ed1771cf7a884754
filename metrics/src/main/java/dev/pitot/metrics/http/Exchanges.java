package dev.pitot.metrics.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Gives each exchange a virtual thread for a limited time. When the time is over the thread is
/// interrupted, which closes the connection that it reads from or writes to: so a client that
/// dawdles takes nobody's place for long. Any thread may call it.
///
/// One exchange too many is rejected, and the server closes its connection.
final class Exchanges implements Executor, AutoCloseable {
    private final Semaphore free;
    private final Duration patience;
    private final Map<Thread, Future<?>> alarms = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pitot-metrics-timer").factory());

    Exchanges(int atOnce, Duration patience) {
        free = new Semaphore(atOnce);
        this.patience = patience;
    }

    @Override
    public void execute(Runnable exchange) {
        if (!free.tryAcquire()) {
            throw new RejectedExecutionException("too many requests at once");
        }
        Thread.ofVirtual().name("pitot-metrics").start(() -> run(exchange));
    }

    private void run(Runnable exchange) {
        Thread thread = Thread.currentThread();
        try {
            allow(patience);
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
        allow(time.plus(patience));
    }

    private void allow(Duration time) {
        Thread thread = Thread.currentThread();
        Future<?> old = alarms.put(thread, timer.schedule(thread::interrupt, time.toNanos(), TimeUnit.NANOSECONDS));
        if (old != null) {
            old.cancel(false);
        }
    }

    /// Ends all exchanges.
    @Override
    public void close() {
        timer.shutdownNow();
        alarms.keySet().forEach(Thread::interrupt);
    }
}
