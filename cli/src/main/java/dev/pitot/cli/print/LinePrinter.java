package dev.pitot.cli.print;

import dev.pitot.output.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes lines to one stream, whole and at once, so that a reader at the other end of a pipe
/// sees each as it comes (what `--forceflush` asks for) and lines of tests that run side by side
/// never mix. Any thread may call it.
///
/// A thread of its own writes, and whoever prints waits for it: lines of one thread on two streams
/// keep their order. When nobody reads, a caller waits for ever or only a while, as was wished; in
/// the second case lines wait for the reader in bounded memory, and what does not fit is lost and
/// counted. A reader who is slow is one who reads.
final class LinePrinter implements Lines, AutoCloseable {
    /// How long a stream that takes nothing is waited for, by those who do not wait for ever.
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /// What is written at once: a quarter of what a pipe holds (pipe(7)), so that a slow reader of
    /// a long document is not taken for none.
    private static final int CHUNK_BYTES = 16 * 1024;

    private final OutputStream stream;
    private final Supplier<String> prefix;
    private final Function<String, byte[]> encoding;
    private final Consumer<IOException> onBroken;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long maxWaitingBytes;
    // All below is guarded by the lock.
    private final Deque<byte[]> waiting = new ArrayDeque<>(); // the first is being written
    private boolean blocks;
    private long waitingBytes;
    private long acceptedBytes;
    private long writtenBytes;
    private long lost;
    private boolean isStuck;
    private boolean isOver; // broken, or closed
    private @Nullable Thread writer;

    /// @param prefix asked once for each line
    /// @param encoding makes bytes of a line
    /// @param backpressure what printing does when nobody reads
    /// @param maxWaitingBytes of lines that wait for a reader; a single line may be longer
    /// @param onBroken called once when nothing can be written any more, with the reason; what
    ///     is printed after that is lost without a word
    LinePrinter(
            OutputStream stream,
            Supplier<String> prefix,
            Function<String, byte[]> encoding,
            Backpressure backpressure,
            long maxWaitingBytes,
            Consumer<IOException> onBroken) {
        this.stream = stream;
        this.prefix = prefix;
        this.encoding = encoding;
        this.maxWaitingBytes = maxWaitingBytes;
        this.onBroken = onBroken;
        blocks = backpressure == Backpressure.BLOCK;
    }

    @Override
    public void print(String line) {
        enqueue(prefix.get() + line);
    }

    /// As [#print(String)], without the prefix.
    void printBare(String line) {
        enqueue(line);
    }

    private void enqueue(String line) {
        byte[] bytes = encoding.apply(line + "\n");
        lock.lock();
        try {
            awaitWhile(() -> !hasRoomFor(bytes));
            if (isOver) {
                return;
            }
            if (!hasRoomFor(bytes)) {
                lost++;
                return;
            }
            waiting.addLast(bytes);
            waitingBytes += bytes.length;
            acceptedBytes += bytes.length;
            startWriter();
            changed.signalAll();
            awaitWritten(acceptedBytes);
        } finally {
            lock.unlock();
        }
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

    /// How many lines were lost since the last question because nobody read them; 0 while nobody
    /// reads.
    long takeLost() {
        lock.lock();
        try {
            long count = isStuck ? 0 : lost;
            lost -= count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for what has not been written as long as somebody reads; what nobody reads is lost.
    @Override
    public void close() {
        lock.lock();
        try {
            isStuck = false; // one more chance
            awaitWhile(() -> !waiting.isEmpty());
            isStuck = false;
            isOver = true;
            lost += waiting.size();
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
        long patience = PATIENCE.toNanos();
        while (condition.getAsBoolean() && !isOver && !isStuck) {
            if (writtenBytes != seen) {
                seen = writtenBytes;
                patience = PATIENCE.toNanos();
            }
            if (blocks) {
                changed.awaitUninterruptibly();
            } else if (patience <= 0) {
                isStuck = true;
            } else {
                try {
                    patience = changed.awaitNanos(patience);
                } catch (InterruptedException _) { // told to the caller; the line is written all the same
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void writeAll() {
        for (byte[] line = first(); line != null; line = first()) {
            try {
                writeInChunks(line);
            } catch (IOException e) { // told once, to whoever knows what to do without output
                onBroken.accept(e);
                giveUp();
                return;
            }
            endLine(line);
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

    private void giveUp() {
        lock.lock();
        try {
            isOver = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
