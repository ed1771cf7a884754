package dev.pitot.engine.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Counters of one datagram stream since its start. Written by the stream's thread only; any thread may
/// read a consistent snapshot: a reader retries if the writer was active, a writer never waits.
final class DatagramCounters {
    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(DatagramCounters.class, "version", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int version; // odd during an update
    private long bytes;
    private long packets;
    private long lost;
    private long outOfOrder;
    private long duplicates;
    private double jitterSeconds;
    private long firstNanos;
    private long lastNanos;

    /// Counts datagrams that were sent. Only the stream's thread.
    ///
    /// @param count number of datagrams
    void onSent(int sentBytes, int count) {
        int before = begin();
        bytes += sentBytes;
        packets += count;
        end(before);
    }

    /// Counts datagrams that were received. Only the stream's thread.
    ///
    /// @param nowNanos time of arrival
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

    CounterSnapshot read() {
        while (true) {
            int before = (int) VERSION.getAcquire(this);
            var snapshot = new CounterSnapshot(bytes, packets, lost, outOfOrder, duplicates, jitterSeconds);
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && before == (int) VERSION.getOpaque(this)) {
                return snapshot;
            }
            Thread.onSpinWait();
        }
    }

    /// Arrival time of the first datagram. Call only after the stream's thread has ended.
    long firstNanos() {
        return firstNanos;
    }

    /// Arrival time of the last datagram. Call only after the stream's thread has ended.
    long lastNanos() {
        return lastNanos;
    }
}
