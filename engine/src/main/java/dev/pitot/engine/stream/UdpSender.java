package dev.pitot.engine.stream;

import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.datagram.DatagramHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends the datagrams of one stream, numbered from 1, at the target rate, within the quota of its direction
/// and within the window of its receiver, if that reports how far it has read. `transfer` belongs to the
/// stream's thread.
public final class UdpSender implements DataStream {
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(WaitPolicy.MAX_SLICE_MILLIS);
    private static final int BITS_PER_BYTE = 8;

    /// Datagrams of one call leave at once: together they are at most what the target rate allows in a
    /// millisecond, so that offload does not make a slow stream bursty.
    private static final long CALLS_PER_SECOND = 1000;

    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final UdpConnection connection;
    private final StreamSettings settings;
    private final TcpSender.Amount amount;
    private final NanoClock clock;
    private final ByteBuffer block;
    private final @Nullable DatagramWindow window;
    private final int perCall;
    private final boolean wide;
    private final DatagramCounters counters = new DatagramCounters();
    private long sequence;
    private volatile boolean stopped;
    private volatile int blockedSlices;

    /// Creates a sender.
    ///
    /// @param amount which continues after the quota if the other end does not end the test: receiving
    ///     iperf3 clients wait for lost datagrams without a timeout, so iperf3 servers never stop
    /// @param block direct, holds the payload of one datagram or, with offload, of several in a row; used
    ///     by this stream alone
    /// @param window of the receiver's reports, or null if it sends none
    public UdpSender(
            UdpConnection connection,
            StreamSettings settings,
            TcpSender.Amount amount,
            NanoClock clock,
            ByteBuffer block,
            @Nullable DatagramWindow window) {
        this.connection = connection;
        this.settings = settings;
        this.amount = amount;
        this.clock = clock;
        this.block = block;
        this.window = window;
        wide = settings.datagrams().wideCounters();
        int fitting = connection.hasOffload() ? block.capacity() / settings.blockBytes() : 1;
        long rate = settings.pacing().target().bitsPerSecond();
        long inTime = rate / BITS_PER_BYTE / CALLS_PER_SECOND / settings.blockBytes();
        perCall = rate == 0 ? fitting : Math.clamp(inTime, 1, fitting);
        DatagramHeader.writeTrain(block, 1, settings.blockBytes(), clock.nanoTime(), 0, wide); // loads classes early
    }

    @Override
    public void transfer(long startNanos) throws IOException {
        if (window != null) {
            window.start();
        }
        sendUntil(amount.quota(), startNanos);
        if (amount.atLimit() == TcpSender.AtLimit.GO_ON && !stopped) {
            awaitEnd();
            sendUntil(new SendQuota(), clock.nanoTime());
        }
    }

    /// Waits for the other end to notice that it has received everything.
    private void awaitEnd() {
        long startNanos = clock.nanoTime();
        while (!stopped && clock.nanoTime() - startNanos < GRACE_NANOS) {
            LockSupport.parkNanos(MAX_WAIT_NANOS);
        }
    }

    private void sendUntil(SendQuota used, long startNanos) throws IOException {
        var pacer = new Pacer(settings.pacing(), startNanos);
        int blockBytes = settings.blockBytes();
        while (!stopped) {
            if (!pacer.isUnlimited() && !isItsTurn(pacer)) {
                continue;
            }
            int most = window == null ? perCall : window.perCall(perCall);
            if (window != null && !window.awaitPlace(sequence, most)) {
                continue;
            }
            int claimed = used.claim(most * blockBytes);
            if (claimed == 0) {
                return;
            }
            int count = Math.ceilDiv(claimed, blockBytes); // not cut: receivers need the full length
            if (send(count)) {
                pacer.onSent(count * blockBytes, count);
            }
        }
    }

    private boolean isItsTurn(Pacer pacer) {
        long wait = pacer.nanosUntilNext(clock.nanoTime());
        if (wait > 0) {
            LockSupport.parkNanos(Math.min(wait, MAX_WAIT_NANOS));
        }
        return wait <= 0;
    }

    /// @return false if the stream was stopped before the kernel accepted the datagrams
    private boolean send(int count) throws IOException {
        int blockBytes = settings.blockBytes();
        int left = count;
        int slices = 0;
        while (left > 0 && !stopped) {
            int together = Math.min(left, connection.datagramsPerCall());
            DatagramHeader.writeTrain(block, together, blockBytes, clock.nanoTime(), sequence + 1, wide);
            int sent = connection.send(block.limit(together * blockBytes).position(0));
            if (sent > 0) {
                sequence += together;
                counters.onSent(sent, together);
                left -= together;
            }
            slices = sent > 0 ? 0 : slices + 1;
            blockedSlices = slices;
        }
        return left == 0;
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
    }

    @Override
    public CounterSnapshot snapshot() {
        return counters.read();
    }
}
