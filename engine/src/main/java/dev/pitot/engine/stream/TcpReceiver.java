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
    private final LowWaterMark lowWaterMark;
    private final StreamCounters counters = new StreamCounters();
    private long firstNanos; // read after the thread has ended, like the next field
    private long lastNanos;
    private volatile boolean stopped;

    private TcpReceiver(
            TcpConnection connection,
            ReceiveTarget target,
            NanoClock clock,
            @Nullable ByteBuffer block,
            @Nullable DiskFile file,
            LowWaterMark lowWaterMark) {
        this.connection = connection;
        this.target = target;
        this.clock = clock;
        this.block = block;
        this.file = file;
        this.lowWaterMark = lowWaterMark;
    }

    /// Returns a receiver that copies bytes into a block.
    ///
    /// @param block direct, used by this stream alone
    /// @param mayBatch whether bytes of a fast stream may be received a little later, many at once
    public static TcpReceiver into(
            ByteBuffer block, TcpConnection connection, ReceiveTarget target, NanoClock clock, boolean mayBatch) {
        var mark = new LowWaterMark(connection, block.capacity(), mayBatch);
        return new TcpReceiver(connection, target, clock, block, null, mark);
    }

    /// Returns a receiver that writes the bytes to a file.
    ///
    /// @param block direct, used by this stream alone
    public static TcpReceiver into(
            DiskFile file, ByteBuffer block, TcpConnection connection, ReceiveTarget target, NanoClock clock) {
        var mark = new LowWaterMark(connection, block.capacity(), false);
        return new TcpReceiver(connection, target, clock, block, file, mark);
    }

    /// Returns a receiver that leaves the bytes in the kernel (`--skip-rx-copy`).
    ///
    /// @param mayBatch as for `into`
    public static TcpReceiver discarding(
            TcpConnection connection, ReceiveTarget target, NanoClock clock, boolean mayBatch) {
        var mark = new LowWaterMark(connection, DISCARDED_BYTES, mayBatch);
        return new TcpReceiver(connection, target, clock, null, null, mark);
    }

    @Override
    public void transfer(long startNanos) throws IOException {
        boolean hasBegun = false;
        lowWaterMark.start(clock.nanoTime());
        while (!stopped) {
            int n = block == null ? connection.discard(DISCARDED_BYTES) : connection.receive(block.clear());
            if (n < 0) {
                return;
            }
            long arrivedNanos = lowWaterMark.onReceived(n, clock.nanoTime());
            if (n == 0) { // nothing arrived within a slice
                continue;
            }
            if (!hasBegun) { // before the file, whose time belongs to the test
                firstNanos = arrivedNanos;
                hasBegun = true;
            }
            if (block != null && file != null) {
                file.write(block.flip());
                arrivedNanos = clock.nanoTime();
            }
            lastNanos = arrivedNanos;
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
