package dev.pitot.cli.print;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Printer of a stream. It writes each line whole and at once, so that a reader at the other end of a
/// pipe sees each without delay (the effect of `--forceflush`) and lines of several threads never mix.
/// For that a stream must have only one printer. Safe for any thread.
///
/// A separate thread writes, and callers wait for it: lines of one thread on two streams keep their
/// order. If the pipe is not read, a caller waits without a limit or until a timeout, depending on the
/// backpressure; in the second case lines are kept in bounded memory, and those that do not fit are
/// dropped and counted. A slow reader still counts as reading.
final class LinePrinter implements AutoCloseable {
    /// Size of one write: a quarter of a pipe's capacity (pipe(7)), so that a slow reader of a long
    /// document is not mistaken for one that does not read.
    private static final int CHUNK_BYTES = 16 * 1024;

    private final OutputStream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long maxWaitingBytes;
    private final Duration timeout;
    // All below is guarded by the lock.
    private final Deque<byte[]> waiting = new ArrayDeque<>(); // the first is being written
    private boolean blocks;
    private long waitingBytes;
    private long acceptedBytes;
    private long writtenBytes;
    private long dropped;
    private boolean isStuck;
    private boolean isOver; // failed or closed
    private @Nullable String failure;
    private @Nullable Thread writer;

    /// @param backpressure behaviour when the stream is not read
    /// @param maxWaitingBytes limit of the lines kept for the reader; a single line may be longer
    /// @param timeout after which a stream that accepts nothing is no longer waited for, unless callers
    ///     block without a limit
    LinePrinter(OutputStream stream, Backpressure backpressure, long maxWaitingBytes, Duration timeout) {
        this.stream = stream;
        this.maxWaitingBytes = maxWaitingBytes;
        this.timeout = timeout;
        blocks = backpressure == Backpressure.BLOCK;
    }

    /// Prints a line, and waits until it is written.
    ///
    /// @param line with its line feed
    void print(byte... line) {
        lock.lock();
        try {
            awaitWhile(() -> !hasRoomFor(line));
            if (accept(line)) {
                awaitWritten(acceptedBytes);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Prints a line without waiting; it may be dropped if others are pending.
    ///
    /// @param line with its line feed
    void post(byte... line) {
        lock.lock();
        try {
            accept(line);
        } finally {
            lock.unlock();
        }
    }

    private boolean accept(byte... line) {
        if (isOver) {
            return false;
        }
        if (!hasRoomFor(line)) {
            dropped++;
            return false;
        }
        waiting.addLast(line);
        waitingBytes += line.length;
        acceptedBytes += line.length;
        startWriter();
        changed.signalAll();
        return true;
    }

    /// Ends all waiting without a limit.
    void dropUnread() {
        lock.lock();
        try {
            blocks = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the number of lines dropped since the last call because the stream was not read; 0 as
    /// long as it is still not read.
    long takeDropped() {
        lock.lock();
        try {
            long count = isStuck ? 0 : dropped;
            dropped -= count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    /// Returns why nothing can be written any more, or null while writing works. Lines printed after a
    /// failure are ignored.
    @Nullable String failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for pending lines as long as the stream is read; drops the rest.
    @Override
    public void close() {
        lock.lock();
        try {
            isStuck = false; // one more chance
            awaitWhile(() -> !waiting.isEmpty());
            isStuck = false;
            isOver = true;
            dropped += waiting.size();
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void startWriter() {
        if (writer == null) {
            writer = Thread.ofPlatform().name("pitot-output").daemon().start(this::writeAll);
        }
    }

    private boolean hasRoomFor(byte... line) {
        return waiting.isEmpty() || waitingBytes + line.length <= maxWaitingBytes;
    }

    private void awaitWritten(long bytes) {
        awaitWhile(() -> writtenBytes < bytes);
    }

    /// Waits while the condition holds: without a limit if callers block, otherwise until nothing has
    /// been written for the timeout.
    private void awaitWhile(BooleanSupplier condition) {
        long seen = writtenBytes;
        long remainingNanos = timeout.toNanos();
        while (condition.getAsBoolean() && !isOver && !isStuck) {
            if (writtenBytes != seen) {
                seen = writtenBytes;
                remainingNanos = timeout.toNanos();
            }
            if (blocks) {
                changed.awaitUninterruptibly();
            } else if (remainingNanos <= 0) {
                isStuck = true;
            } else {
                try {
                    remainingNanos = changed.awaitNanos(remainingNanos);
                } catch (InterruptedException _) { // kept for the caller; the line is written anyway
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void writeAll() {
        String reason = "unexpected failure"; // the handler of uncaught exceptions reports it
        try {
            for (byte[] line = first(); line != null; line = first()) {
                writeInChunks(line);
                endLine(line);
            }
            reason = null;
        } catch (IOException e) {
            reason = Objects.requireNonNullElse(e.getMessage(), e.toString());
        } finally {
            end(reason);
        }
    }

    private void writeInChunks(byte... line) throws IOException {
        for (int from = 0; from < line.length; from += CHUNK_BYTES) {
            int length = Math.min(CHUNK_BYTES, line.length - from);
            stream.write(line, from, length);
            stream.flush();
            countWritten(length);
        }
    }

    /// Returns the first pending line, which stays in the queue while it is being written; null after
    /// the end.
    private byte @Nullable [] first() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !isOver) {
                changed.awaitUninterruptibly();
            }
            return isOver ? null : waiting.getFirst();
        } finally {
            lock.unlock();
        }
    }

    private void countWritten(int bytes) {
        lock.lock();
        try {
            writtenBytes += bytes;
            isStuck = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void endLine(byte... line) {
        lock.lock();
        try {
            if (!isOver) {
                waiting.removeFirst();
                waitingBytes -= line.length;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends the printer: releases all callers that wait.
    private void end(@Nullable String reason) {
        lock.lock();
        try {
            failure = reason;
            isOver = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
