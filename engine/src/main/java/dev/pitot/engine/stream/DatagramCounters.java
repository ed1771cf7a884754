package dev.pitot.engine.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What one stream of datagrams has counted since it began. The stream's thread alone writes; any
/// thread may read, and gets figures that belong together: a reader that meets a writer tries
/// again, a writer never waits.
final class DatagramCounters {
    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(DatagramCounters.class, "version", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int version; // odd while figures change
    private long bytes;
    private long packets;
    private long lost;
    private long outOfOrder;
    private long duplicates;
    private double jitterSeconds;
    private long firstNanos;
    private long lastNanos;

    /// Datagrams left. Only the stream's thread.
    ///
    /// @param count how many
    void onSent(int sentBytes, int count) {
        int before = begin();
        bytes += sentBytes;
        packets += count;
        end(before);
    }

    /// Datagrams arrived. Only the stream's thread.
    ///
    /// @param nowNanos when
    void onReceived(int receivedBytes, SequenceTracker tracker, double jitter, long nowNanos) {
        int before = begin();
        if (bytes == 0) {
            firstNanos = nowNanos;
        }
        bytes += receivedBytes;
        packets = tracker.highest();
        lost = tracker.lost();
        outOfOrder = tracker.outOfOrder();
        duplicates = tracker.duplicates();
        jitterSeconds = jitter;
        lastNanos = nowNanos;
        end(before);
    }

    private int begin() {
        int before = version;
        VERSION.setOpaque(this, before + 1);
        VarHandle.storeStoreFence();
        return before;
    }

    private void end(int before) {
        VERSION.setRelease(this, before + 2);
    }

    Reading read() {
        while (true) {
            int before = (int) VERSION.getAcquire(this);
            var reading = new Reading(bytes, packets, lost, outOfOrder, duplicates, jitterSeconds);
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && before == (int) VERSION.getOpaque(this)) {
                return reading;
            }
            Thread.onSpinWait();
        }
    }

    /// When the first datagram arrived; only after the stream's thread has left.
    long firstNanos() {
        return firstNanos;
    }

    /// When the last datagram arrived; only after the stream's thread has left.
    long lastNanos() {
        return lastNanos;
    }
}
