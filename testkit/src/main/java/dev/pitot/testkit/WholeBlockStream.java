package dev.pitot.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// One data connection of an iperf3 that has a thread for each stream (3.16 and later). What
/// arrives is counted when a block is complete, or when the stream ends. Its own thread moves
/// data; the methods belong to the thread that plays the peer.
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

    /// A stream that does not move yet.
    ///
    /// @param total of all streams of its direction; what it moves is added
    /// @param limit at which a sender does not begin another block
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

    /// What the peer reports of this stream.
    long counted() {
        return counted.get();
    }

    /// What a receiver of a file has put into it.
    byte[] written() {
        return written.toByteArray();
    }

    /// Ends what the thread does.
    void stop() throws InterruptedException {
        stopped = true;
        thread.join(JOIN_MILLIS);
    }

    /// Takes what has arrived by now; only after [#stop()].
    ///
    /// @param counts whether it belongs to the test still
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
        } catch (IOException _) { // the other end has closed it: what it wants to say is on the control connection
        }
    }

    /// Sends until there is no room, or enough is sent.
    ///
    /// @return whether there is more to do
    private boolean put() throws IOException {
        while (!stopped) {
            if (!block.hasRemaining()) {
                block.clear();
            }
            if (block.position() == 0 && total.get() >= limit) {
                return true; // as in iperf3, whose senders look again and again
            }
            int n = channel.write(block);
            if (n == 0) {
                return true;
            }
            count(n);
        }
        return false;
    }

    /// Receives until nothing is left in the kernel.
    ///
    /// @return whether more can come
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
