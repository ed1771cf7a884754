package dev.pitot.engine.stream;

import dev.pitot.socket.TcpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Low-water mark (SO_RCVLOWAT) of one receiving stream, by its rate: the bytes that arrive in
/// [#DELAY_NANOS]. Below that the kernel does not wake the receiver, which costs the sender of a
/// loopback test a third of its time. Bytes are counted later by no more than that time or, once when
/// the stream pauses, by the wait limit of [TcpConnection#setLowWaterMark(int)]. Belongs to the
/// stream's thread.
final class LowWaterMark {
    /// Longer delays saved nothing more in measurements; 0.2 % of a window of 100 ms.
    private static final long DELAY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /// Below this the wake-ups are too few to matter: 2.6 Gbit/s.
    private static final int LEAST_BYTES = 64 * 1024;

    /// Fits into half of what the kernel's automatic buffers grow to by default (tcp_rmem: 6 MiB).
    private static final int MOST_BYTES = 1024 * 1024;

    /// Period of one rate; the rate itself may jump at its end.
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /// Waiting time after which a stream counts as paused: a tenth of it should have filled the mark.
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /// On longer paths, unread bytes would take a noticeable part of the receive window, and the sender
    /// is not on this host.
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofMillis(1);

    private final TcpConnection connection;
    private final int pieceBytes;
    private boolean isUsed;
    private int bytes = 1;
    private long countedBytes;
    private long sinceNanos;
    private long calledNanos;

    /// @param pieceBytes maximum number of bytes that one call receives
    /// @param isUsed false if the mark must stay at one byte
    LowWaterMark(TcpConnection connection, int pieceBytes, boolean isUsed) {
        this.connection = connection;
        this.pieceBytes = pieceBytes;
        this.isUsed = isUsed && connection.roundTrip().compareTo(LONGEST_ROUND_TRIP) <= 0;
    }

    /// Starts the first period.
    void start(long nowNanos) {
        sinceNanos = nowNanos;
        calledNanos = nowNanos;
        countedBytes = 0;
    }

    /// Counts what a call has received, and sets the mark for the next one.
    ///
    /// @param count bytes received; 0 if none arrived in time
    /// @return time at which they had arrived: that of the call's begin if it waited in vain for more
    long onReceived(int count, long nowNanos) throws IOException {
        long begunNanos = calledNanos;
        calledNanos = nowNanos;
        if (!isUsed) {
            return nowNanos;
        }
        if (bytes > 1 && count < Math.min(bytes, pieceBytes) && nowNanos - begunNanos >= PAUSE_NANOS) {
            set(1);
            start(nowNanos);
            return begunNanos;
        }
        countedBytes += count;
        long elapsed = nowNanos - sinceNanos;
        if (elapsed >= PERIOD_NANOS) {
            long wanted = (long) ((double) countedBytes * DELAY_NANOS / elapsed);
            if (Math.abs(wanted - bytes) > bytes / 4) {
                set(wanted < LEAST_BYTES ? 1 : (int) Math.min(wanted, MOST_BYTES));
            }
            sinceNanos = nowNanos;
            countedBytes = 0;
        }
        return nowNanos;
    }

    private void set(int wanted) throws IOException {
        if (wanted != bytes) {
            isUsed = connection.setLowWaterMark(wanted);
            bytes = isUsed ? wanted : 1;
        }
    }
}
