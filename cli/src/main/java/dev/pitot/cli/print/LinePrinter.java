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

/// Printer of a stream: it writes each line whole and at once, so that a reader at the other end of a
/// pipe sees each as it comes (what `--forceflush` asks for) and lines of several threads never mix.
/// For that a stream has one printer only. Any thread may call it.
///
/// A thread of its own writes, and callers wait for it: lines of one thread on two streams keep their
/// order. When nobody reads, a caller waits for ever or until a timeout, as was wished; in the second
/// case lines wait for the reader in bounded memory, and what does not fit is dropped and counted. A
/// slow reader is one who reads.
final class LinePrinter implements AutoCloseable {
    /// What is written at once: a quarter of what a pipe holds (pipe(7)), so that a slow reader of
    /// a long document is not taken for none.
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
    private boolean isOver; // broken, or closed
    private @Nullable String failure;
    private @Nullable Thread writer;

    /// @param backpressure what printing does when nobody reads
    /// @param maxWaitingBytes of lines that wait for a reader; a single line may be longer
    /// @param timeout after which a stream that takes nothing is waited for no more, by those who do
    ///     not wait for ever
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

    /// Prints a line without waiting, which may be dropped if others wait.
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

    /// Nobody waits for a reader for ever any more.
    void dropUnread() {
        lock.lock();
        try {
            blocks = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How many lines were dropped since the last question because nobody read them; 0 while nobody
    /// reads.
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

    /// Why nothing can be written any more, or null while it can. What is printed after that is
    /// ignored.
    @Nullable String failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for what has not been written as long as somebody reads; what nobody reads is dropped.
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

    /// Waits while something is being written, or for as long as was wished.
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
                } catch (InterruptedException _) { // left to the caller; the line is written all the same
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void writeAll() {
        String reason = "unexpected failure"; // the handler of uncaught exceptions has it
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

    /// The first line that waits, which stays there while it is being written; null if there will
    /// be none.
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

    /// Nobody writes any more, so nobody may wait for it.
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
