package dev.pitot.engine.stream;

import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.TcpConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Receives and counts the bytes of one stream and writes them to a file if there is one. `transfer`
/// belongs to the stream's thread.
public final class TcpReceiver implements ReceivingStream {
    /// Maximum number of bytes that one call discards.
    private static final int DISCARDED_BYTES = 1024 * 1024;

    private final TcpConnection connection;
    private final ReceiveTarget target;
    private final @Nullable ByteBuffer block;
    private final @Nullable DiskFile file;
    private final NanoClock clock;
    private final StreamCounters counters = new StreamCounters();
    private long firstNanos; // read after the thread has ended, like the next field
    private long lastNanos;
    private volatile boolean stopped;

    private TcpReceiver(
            TcpConnection connection,
            ReceiveTarget target,
            NanoClock clock,
            @Nullable ByteBuffer block,
            @Nullable DiskFile file) {
        this.connection = connection;
        this.target = target;
        this.clock = clock;
        this.block = block;
        this.file = file;
    }

    /// Returns a receiver that copies bytes into a block.
    ///
    /// @param block direct, used by this stream alone
    /// @param file receives the data, or null
    public static TcpReceiver into(
            ByteBuffer block,
            @Nullable DiskFile file,
            TcpConnection connection,
            ReceiveTarget target,
            NanoClock clock) {
        return new TcpReceiver(connection, target, clock, block, file);
    }

    /// Returns a receiver that leaves the bytes in the kernel (`--skip-rx-copy`).
    public static TcpReceiver discarding(TcpConnection connection, ReceiveTarget target, NanoClock clock) {
        return new TcpReceiver(connection, target, clock, null, null);
    }

    @Override
    public void transfer(long startNanos) throws IOException {
        boolean hasBegun = false;
        while (!stopped) {
            int n = block == null ? connection.discard(DISCARDED_BYTES) : connection.receive(block.clear());
            if (n < 0) {
                return;
            }
            if (n == 0) { // nothing arrived within a slice
                continue;
            }
            if (!hasBegun) { // before the file, whose time belongs to the test
                firstNanos = clock.nanoTime();
                hasBegun = true;
            }
            if (block != null && file != null) {
                file.write(block.flip());
            }
            lastNanos = clock.nanoTime();
            counters.onBytes(n);
            target.onBytes(n);
        }
    }

    @Override
    public Duration blocked() {
        return Duration.ZERO;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public void startCounting() {
        // Bytes are counted from the start; the meter subtracts the warm-up.
    }

    @Override
    public long firstNanos() {
        return firstNanos;
    }

    @Override
    public long lastNanos() {
        return lastNanos;
    }

    @Override
    public CounterSnapshot snapshot() {
        return CounterSnapshot.ofBytes(counters.bytes());
    }
}
