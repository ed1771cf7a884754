package dev.pitot.testkit;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Captured output of a child process. One thread reads the pipe; all other methods are
/// thread-safe.
final class OutputCapture {
    private final Lock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    String text() {
        lock.lock();
        try {
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the text contains `part`.
    ///
    /// @return false if the output ended or the timeout expired before that
    boolean awaitPart(String part, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long leftNanos = timeout.toNanos();
            while (text.indexOf(part) < 0 && !ended && leftNanos > 0) {
                leftNanos = more.awaitNanos(leftNanos);
            }
            return text.indexOf(part) >= 0;
        } finally {
            lock.unlock();
        }
    }

    /// Reads until the output ends; blocks.
    void read(Reader reader) {
        char[] chunk = new char[4096];
        try (reader) {
            for (int n = reader.read(chunk); n >= 0; n = reader.read(chunk)) {
                append(chunk, n);
            }
        } catch (IOException _) { // the pipe breaks when the child is killed: earlier output is kept
        }
        end();
    }

    private void append(char[] chunk, int count) {
        lock.lock();
        try {
            text.append(chunk, 0, count);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
