package dev.pitot.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs tasks one at a time, in the order submitted, on another executor; it occupies a thread only
/// while there are tasks. Thread-safe. Tasks must not throw.
final class SerialExecutor implements Executor {
    private final Lock lock = new ReentrantLock();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Executor carrier;
    private boolean running;

    /// @param carrier executor that runs the tasks; null for a virtual thread
    SerialExecutor(@Nullable Executor carrier) {
        this.carrier = carrier == null
                ? task -> Thread.ofVirtual().name("pitot-callbacks").start(task)
                : carrier;
    }

    /// @throws RuntimeException from the carrier if it rejects the task; the task is then lost
    @Override
    public void execute(Runnable task) {
        if (!join(task)) {
            return;
        }
        boolean accepted = false;
        try {
            carrier.execute(this::drain);
            accepted = true;
        } finally {
            if (!accepted) {
                leave();
            }
        }
    }

    /// Queues a task.
    ///
    /// @return true if no thread is running tasks yet
    private boolean join(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
            boolean isFirst = !running;
            running = true;
            return isFirst;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            tasks.clear();
            running = false;
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        Runnable task = next();
        while (task != null) {
            task.run();
            task = next();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable task = tasks.poll();
            running = task != null;
            return task;
        } finally {
            lock.unlock();
        }
    }
}
