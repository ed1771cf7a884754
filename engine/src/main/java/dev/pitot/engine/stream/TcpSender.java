package dev.pitot.engine.stream;

import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.Patience;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends one stream's blocks, the same payload again and again or the content of a file, at its
/// pace and within the quota of its direction. `transfer` belongs to the stream's thread.
public final class TcpSender implements DataStream {
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(Patience.MAX_SLICE_MILLIS);

    private final TcpConnection connection;
    private final StreamSettings settings;
    private final Quota quota;
    private final NanoClock clock;
    private final ByteBuffer block;
    private final Source source;
    private final Counters counters = new Counters();
    private volatile boolean stopped;
    private volatile int blockedSlices;

    /// Where blocks come from, if not from the payload itself.
    ///
    /// @param zeroCopy the same payload where sendfile can reach it, or null to copy
    /// @param file whose content is sent instead of the payload, or null
    public record Source(
            @Nullable ZeroCopyBlock zeroCopy, @Nullable DiskFile file) {
        /// The payload.
        public static final Source PAYLOAD = new Source(null, null);
    }

    /// A sender of bytes.
    ///
    /// @param block direct, used by this stream alone; its capacity is the block size, or what is
    ///     read of a file at once
    /// @param source where blocks come from
    public TcpSender(
            TcpConnection connection,
            StreamSettings settings,
            Quota quota,
            NanoClock clock,
            ByteBuffer block,
            Source source) {
        this.connection = connection;
        this.settings = settings;
        this.quota = quota;
        this.clock = clock;
        this.block = block;
        this.source = source;
    }

    @Override
    public void transfer(long startNanos) throws IOException {
        var pacer = new Pacer(settings.pacing(), startNanos);
        int blockBytes = Math.min(settings.blockBytes(), block.capacity());
        while (!stopped) {
            if (!pacer.isUnlimited() && !isItsTurn(pacer)) {
                continue;
            }
            int claimed = quota.claim(blockBytes);
            if (claimed == 0) {
                return;
            }
            int bytes = source.file() == null ? claimed : next(source.file(), claimed);
            if (bytes == 0) {
                return;
            }
            sendBlock(bytes);
            pacer.onSent(bytes, 1);
        }
    }

    private int next(DiskFile file, int bytes) throws IOException {
        return file.read(block.limit(bytes).position(0));
    }

    private boolean isItsTurn(Pacer pacer) {
        long wait = pacer.nanosUntilNext(clock.nanoTime());
        if (wait > 0) {
            LockSupport.parkNanos(Math.min(wait, MAX_WAIT_NANOS));
        }
        return wait <= 0;
    }

    private void sendBlock(int bytes) throws IOException {
        block.limit(bytes).position(0);
        for (int sent = 0; sent < bytes && !stopped; ) {
            ZeroCopyBlock zeroCopy = source.zeroCopy();
            int n = zeroCopy == null ? connection.send(block) : connection.send(zeroCopy, sent, bytes - sent);
            counters.onBytes(n);
            blockedSlices = n == 0 ? blockedSlices + 1 : 0;
            sent += n;
        }
    }

    @Override
    public Duration blocked() {
        return Duration.ofMillis((long) blockedSlices * Patience.MAX_SLICE_MILLIS);
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
        // Bytes are counted all the time; the meter keeps the difference.
    }

    @Override
    public Reading reading() {
        return Reading.ofBytes(counters.bytes());
    }
}
