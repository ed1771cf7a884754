package dev.pitot.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Data connection of an iperf3 that has a thread for each stream (3.16 and later). Received data
/// is counted when a block is complete, or when the stream ends. Its own thread transfers data; the
/// methods belong to the thread that plays the peer.
final class WholeBlockStream {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final SocketChannel channel;
    private final boolean sends;
    private final ByteBuffer block;
    private final AtomicLong total;
    private final long limit;
    private final Thread thread;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private volatile boolean stopped;
    private final AtomicLong counted = new AtomicLong();

    /// Creates a stream that has not started.
    ///
    /// @param total total of all streams of its direction, to which this stream adds
    /// @param limit total at which a sender does not begin another block
    WholeBlockStream(SocketChannel channel, boolean sends, int blockBytes, AtomicLong total, long limit)
            throws IOException {
        this.channel = channel;
        this.sends = sends;
        this.block = ByteBuffer.allocate(blockBytes);
        this.total = total;
        this.limit = limit;
        channel.configureBlocking(false);
        thread = Thread.ofVirtual().name("whole-blocks").unstarted(this::move);
    }

    void start() {
        thread.start();
    }

    boolean sends() {
        return sends;
    }

    /// Bytes that the peer reports for this stream.
    long counted() {
        return counted.get();
    }

    /// Bytes that a receiver has written to its file.
    byte[] written() {
        return written.toByteArray();
    }

    /// Stops the thread and waits for it.
    void stop() throws InterruptedException {
        stopped = true;
        thread.join(JOIN_MILLIS);
    }

    /// Receives the remaining data; only after [#stop()].
    ///
    /// @param counts true if the data still counts as part of the test
    void takeRest(boolean counts) throws IOException {
        if (!sends) {
            take(counts);
        }
    }

    void close() throws IOException {
        channel.close();
    }

    private void move() {
        try {
            while (!stopped && (sends ? put() : take(true))) {
                LockSupport.parkNanos(STEP_NANOS);
            }
        } catch (IOException _) { // closed by the other end: the control connection has the reason
        }
    }

    /// Sends until the socket buffer is full or the limit is reached.
    ///
    /// @return true if the stream has not been stopped
    private boolean put() throws IOException {
        while (!stopped) {
            if (!block.hasRemaining()) {
                block.clear();
            }
            if (block.position() == 0 && total.get() >= limit) {
                return true; // as in iperf3, whose senders keep polling
            }
            int n = channel.write(block);
            if (n == 0) {
                return true;
            }
            count(n);
        }
        return false;
    }

    /// Receives until the socket buffer is empty.
    ///
    /// @return true if more data can arrive
    private boolean take(boolean counts) throws IOException {
        int n = channel.read(block);
        while (n > 0) {
            if (!block.hasRemaining()) {
                finishBlock(counts);
            }
            n = channel.read(block);
        }
        if (n < 0) {
            finishBlock(counts);
        }
        return n == 0;
    }

    private void finishBlock(boolean counts) {
        written.write(block.array(), 0, block.position());
        if (counts) {
            count(block.position());
        }
        block.clear();
    }

    private void count(long bytes) {
        counted.addAndGet(bytes);
        total.addAndGet(bytes);
    }
}
