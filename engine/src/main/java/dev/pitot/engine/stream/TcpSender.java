package dev.pitot.engine.stream;

import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TransmitTimestamps;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends the blocks of one stream, either the same payload repeatedly or the content of a file, at the
/// target rate and within the quota of its direction. Writes of a payload that is copied are timed ([WriteTimer]);
/// sendfile(2), which carries no request, is not. `transfer` belongs to the stream's thread.
public final class TcpSender implements DataStream {
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(WaitPolicy.MAX_SLICE_MILLIS);

    /// Time for a client that has received everything to end the test: recent iperf3 clients check once
    /// per report interval, which is one second by default.
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// Pause between two portions for a client that has not ended the test.
    private static final long PORTION_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /// 100 MB/s with blocks of 128 KiB: fast enough for a client that lacks data, and no flood for one
    /// that only checks late.
    private static final long MAX_PORTION_BLOCKS = 8;

    /// Time of one call that sends without copying: a hundredth of a report of 100 ms, of which its
    /// bytes are counted at its end.
    private static final long MAX_CALL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TcpConnection connection;
    private final StreamSettings settings;
    private final SendQuota quota;
    private final AtLimit atLimit;
    private final NanoClock clock;
    private final ByteBuffer block;
    private final Source source;
    private final @Nullable WriteTimer timer;
    private final StreamCounters counters = new StreamCounters();
    private int claimBytes;
    private volatile boolean stopped;
    private volatile int blockedSlices;

    /// Behaviour of a sender whose quota is used up.
    public enum AtLimit {
        /// The sender ends.
        STOP,
        /// The sender sends more, slowly at first, until the other end has ended the test: iperf3
        /// receivers end it when their own count is reached, which can be below what has arrived (their
        /// warm-up ends at a different moment, and several threads add to the count without a lock).
        GO_ON
    }

    /// Source of the blocks, if it is not the payload itself.
    ///
    /// @param zeroCopy the same payload where sendfile can read it, once or several times, or null to copy
    /// @param file the file that is sent instead of the payload, or null
    public record Source(
            @Nullable ZeroCopyBlock zeroCopy, @Nullable DiskFile file) {}

    /// Amount of data to send.
    ///
    /// @param quota shared by the senders of one direction
    public record Amount(SendQuota quota, AtLimit atLimit) {}

    /// Creates a sender.
    ///
    /// @param block direct, used by this stream alone; its capacity is the block size, or the number of
    ///     bytes that are read from a file at once
    /// @param source of the blocks
    public TcpSender(
            TcpConnection connection,
            StreamSettings settings,
            Amount amount,
            NanoClock clock,
            ByteBuffer block,
            Source source) {
        this.connection = connection;
        this.settings = settings;
        this.quota = amount.quota();
        this.atLimit = amount.atLimit();
        this.clock = clock;
        this.block = block;
        this.source = source;
        claimBytes = Math.min(settings.blockBytes(), block.capacity());
        timer = source.zeroCopy() == null ? WriteTimer.of(connection, settings.parallel(), clock) : null;
    }

    @Override
    public void transfer(long startNanos) throws IOException {
        if (timer != null) {
            timer.start();
        }
        try {
            send(quota, new Pacer(settings.pacing(), startNanos));
            if (atLimit == AtLimit.GO_ON && !stopped) {
                goOn();
            }
        } finally { // a server's sender may end because its connection was shut down
            if (timer != null) {
                timer.finish();
            }
        }
    }

    private void goOn() throws IOException {
        await(GRACE_NANOS);
        var pacer = new Pacer(settings.pacing(), clock.nanoTime());
        for (long blocks = 1; !stopped; blocks = Math.min(2 * blocks, MAX_PORTION_BLOCKS)) {
            var portion = new SendQuota();
            portion.arm(blocks * settings.blockBytes());
            send(portion, pacer);
            await(PORTION_NANOS);
        }
    }

    private void await(long nanos) {
        long startNanos = clock.nanoTime();
        long left = nanos;
        while (!stopped && left > 0) {
            LockSupport.parkNanos(Math.min(left, MAX_WAIT_NANOS));
            left = nanos - (clock.nanoTime() - startNanos);
        }
    }

    private void send(SendQuota used, Pacer pacer) throws IOException {
        while (!stopped) {
            if (!pacer.isUnlimited() && !isItsTurn(pacer)) {
                continue;
            }
            int claimed = used.claim(claimBytes);
            if (claimed == 0) {
                return;
            }
            int bytes = source.file() == null ? claimed : next(source.file(), claimed);
            if (bytes == 0) {
                return;
            }
            if (source.zeroCopy() == null) {
                sendCopied(bytes);
            } else {
                sendZeroCopy(source.zeroCopy(), bytes, pacer.isUnlimited());
            }
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

    private void sendCopied(int bytes) throws IOException {
        block.limit(bytes).position(0);
        while (block.hasRemaining() && !stopped) {
            count(sendOnce());
        }
    }

    /// Sends several blocks with one call if that takes little time: a call has a cost of its own,
    /// which is much of the whole where nothing is copied.
    private void sendZeroCopy(ZeroCopyBlock blocks, int bytes, boolean mayGrow) throws IOException {
        long startNanos = clock.nanoTime();
        for (int sent = 0; sent < bytes && !stopped; ) {
            int n = connection.send(blocks, sent, bytes - sent);
            count(n);
            sent += n;
        }
        long nanos = clock.nanoTime() - startNanos;
        if (nanos > MAX_CALL_NANOS) {
            claimBytes = Math.min(claimBytes, settings.blockBytes());
        } else if (mayGrow && 2 * nanos < MAX_CALL_NANOS) {
            claimBytes = Math.min(2 * claimBytes, blocks.bytes());
        }
    }

    private void count(int bytes) {
        counters.onBytes(bytes);
        blockedSlices = bytes == 0 ? blockedSlices + 1 : 0;
    }

    private int sendOnce() throws IOException {
        if (timer != null && timer.isDue(block.remaining())) {
            int n = timer.send(block, counters.bytes());
            if (n != TransmitTimestamps.REFUSED) {
                return n;
            }
        }
        return connection.send(block);
    }

    @Override
    public Duration blocked() {
        return Duration.ofMillis((long) blockedSlices * WaitPolicy.MAX_SLICE_MILLIS);
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
        if (timer != null) {
            timer.restart();
        }
    }

    @Override
    public @Nullable WriteTimes writeTimes() {
        return timer == null ? null : timer.times();
    }

    @Override
    public CounterSnapshot snapshot() {
        return CounterSnapshot.ofBytes(counters.bytes());
    }
}
