package dev.pitot.engine.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Bounded queue of items to be read. One thread puts items; any thread may take items, end or close the
/// queue.
final class FeedQueue<T> {
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<T> items = new ArrayDeque<>();
    private final int capacity;
    private final Overflow overflow;
    private long dropped;
    private boolean ended;
    private boolean closed;

    /// State of the queue for the thread that adds items.
    enum Intake {
        OPEN,
        /// The adding thread has ended the queue.
        ENDED,
        /// The readers have closed the queue.
        CLOSED
    }

    /// Demand of a subscriber. Called with the lock held; [#wake()] makes the queue check it again.
    interface Demand {
        boolean isThere();

        boolean isOver();
    }

    FeedQueue(int capacity, Overflow overflow) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity < 1: " + capacity);
        }
        this.capacity = capacity;
        this.overflow = overflow;
    }

    /// Adds the items of one event; waits for space if the overflow policy says so. Does nothing once
    /// closed.
    void put(List<T> together) {
        lock.lock();
        try {
            if (overflow == Overflow.NEWEST_ONLY && !together.isEmpty() && !closed) {
                dropped += items.size();
                items.clear();
                items.addAll(together);
            } else {
                together.forEach(this::put);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void put(T item) {
        if (overflow == Overflow.DROP_OLDEST && items.size() >= capacity && !closed) {
            items.remove();
            dropped++;
        }
        while (items.size() >= capacity && !closed) {
            changed.signalAll(); // wakes readers for the items added so far
            changed.awaitUninterruptibly();
        }
        if (!closed) {
            items.add(item);
        }
    }

    /// Ends the queue: no item will be added. Queued items can still be read.
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Discards the queued items and ends the queue.
    void close() {
        lock.lock();
        try {
            ended = true;
            closed = true;
            items.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the state for the thread that adds items.
    Intake intake() {
        lock.lock();
        try {
            return closed ? Intake.CLOSED : ended ? Intake.ENDED : Intake.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /// Returns the next item or the end; waits for either.
    Received<T> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (items.isEmpty() && !ended) {
                changed.await();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the next item or the end, or nothing after the timeout.
    ///
    /// @param nanos 0 or less does not wait
    Received<T> take(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (items.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the next item or the end, or nothing; never waits.
    Received<T> takeNow() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the next item as soon as there is one and demand for it; the end needs no demand. Returns
    /// nothing if the demand is over.
    Received<T> takeFor(Demand demand) {
        lock.lock();
        try {
            while (!demand.isOver() && !(items.isEmpty() ? ended : demand.isThere())) {
                changed.awaitUninterruptibly();
            }
            return demand.isOver() ? new Received.Nothing<>() : next();
        } finally {
            lock.unlock();
        }
    }

    /// Wakes the thread in [#takeFor(Demand)] after a change of its demand.
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Received<T> next() {
        T item = items.poll();
        if (item != null) {
            changed.signalAll();
            return new Received.Item<>(item);
        }
        return ended ? new Received.End<>() : new Received.Nothing<>();
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
