package dev.pitot.engine.stream;

import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.datagram.ReadReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Limit of the datagrams of one stream that its receiver has not read yet, from the receiver's reports
/// ([ReadReport]): what its socket can hold, and twice what it reads in a round trip. A sender without a rate
/// limit then sends as fast as its receiver reads, and does not fill the receiver's buffer until it drops.
/// Datagrams that the path loses do not count once a later one was read. Belongs to the sender's thread;
/// allocates nothing after its construction.
public final class DatagramWindow {
    /// Beyond a round trip without progress, one call may leave: the datagrams in flight, or the reports of them, may
    /// be lost.
    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /// After this long without any report there is no limit: the path to here carries none.
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(WaitPolicy.MAX_SLICE_MILLIS);

    /// Reports that are read at once: a kernel that coalesces joins at most 64 (net/ipv4/udp_offload.c:
    /// UDP_GRO_CNT_MAX).
    private static final int MAX_REPORTS = 64;

    /// Datagrams that are read in a row: a peer that sends nothing else shall not hold the sender.
    private static final int MAX_READS = 1000;

    private final UdpConnection connection;
    private final NanoClock clock;
    private final long roundTripNanos;
    private final ByteBuffer block = ByteBuffer.allocateDirect(MAX_REPORTS * ReadReport.BYTES);
    private int room;
    private long read;
    private double readPerNano;
    private long measuredNanos;
    private long measuredRead;
    private long progressNanos;
    private long reportNanos;

    /// @param roundTrip lowest round trip of the path
    public DatagramWindow(UdpConnection connection, Duration roundTrip, NanoClock clock) {
        this.connection = connection;
        this.clock = clock;
        roundTripNanos = roundTrip.toNanos();
    }

    /// Starts the times, just before the first datagram.
    void start() {
        long now = clock.nanoTime();
        measuredNanos = now;
        progressNanos = now;
        reportNanos = now;
    }

    /// Number of datagrams that may leave at once: at most half of what the receiver's socket can hold. The receiver
    /// reports each quarter of that, so what it has not reported yet leaves room for the next.
    ///
    /// @param perCall number that one call sends otherwise
    int perCall(int perCall) {
        return room == 0 ? perCall : Math.clamp(room / 2, 1, perCall);
    }

    /// Waits for a place in the window, only for some milliseconds.
    ///
    /// @param sent sequence number of the last datagram that was sent
    /// @param count number of datagrams to send
    /// @return false if there is no place yet
    boolean awaitPlace(long sent, int count) throws IOException {
        if (fits(sent, count)) {
            return true;
        }
        int bytes = connection.receiveNow(block.clear());
        for (int i = 1; bytes > 0 && i < MAX_READS; i++) {
            takeReports(sent);
            bytes = connection.receiveNow(block.clear());
        }
        long now = clock.nanoTime();
        if (bytes < 0 || fits(sent, count) || now - reportNanos > SILENCE_NANOS) {
            return true; // sending says why nothing more is received
        }
        long wait = PROGRESS_NANOS + roundTripNanos - (now - progressNanos);
        if (wait <= 0) {
            progressNanos = now;
            return true;
        }
        if (connection.receive(block.clear(), Math.min(wait, MAX_WAIT_NANOS)) > 0) {
            takeReports(sent);
        }
        return fits(sent, count);
    }

    private boolean fits(long sent, int count) {
        long unread = sent - read;
        return unread == 0 || unread + count <= room + (long) (2 * readPerNano * roundTripNanos);
    }

    private void takeReports(long sent) {
        long now = clock.nanoTime();
        int end = block.position();
        for (int offset = 0; ReadReport.isReport(block, offset, end); offset += ReadReport.BYTES) {
            long highest = ReadReport.highest(block, offset);
            if (highest < 0 || highest > sent) {
                return; // not from this stream's receiver
            }
            room = ReadReport.room(block, offset);
            reportNanos = now;
            if (highest > read) {
                read = highest;
                progressNanos = now;
                measure(now);
            }
        }
    }

    private void measure(long now) {
        long nanos = now - measuredNanos;
        if (nanos >= Math.max(PROGRESS_NANOS, roundTripNanos)) {
            readPerNano = (double) (read - measuredRead) / nanos;
            measuredNanos = now;
            measuredRead = read;
        }
    }
}
