package dev.pitot.testkit;

import java.util.List;

/// Readings of a queue in the order of time.
///
/// @param readings at about equal distances
public record QueueHistory(List<Reading> readings) {
    private static final int LARGE_PACKET = 1000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int BITS_PER_BYTE = 8;

    /// State of a queue at one moment.
    ///
    /// @param nanoTime moment (System#nanoTime)
    /// @param backlogBytes bytes in the queue, from the Ethernet header on, with the packet that leaves next
    /// @param backlogPackets packets in the queue
    /// @param sentBytes bytes that have left the queue since it exists
    /// @param drops packets dropped since it exists
    public record Reading(long nanoTime, long backlogBytes, int backlogPackets, long sentBytes, long drops) {}

    /// Copies the readings.
    public QueueHistory {
        readings = List.copyOf(readings);
    }

    /// Returns the readings of a time.
    ///
    /// @param fromNanos first moment (System#nanoTime)
    /// @param toNanos last moment
    public QueueHistory between(long fromNanos, long toNanos) {
        return new QueueHistory(readings.stream()
                .filter(reading -> reading.nanoTime - fromNanos >= 0 && reading.nanoTime - toNanos <= 0)
                .toList());
    }

    /// Returns the readings from the first to the last moment at which a large packet or more was in the
    /// queue: the time of the load, if the queue is a bottleneck. Pings and probes alone do not count.
    public QueueHistory loaded() {
        List<Reading> busy = readings.stream()
                .filter(reading -> reading.backlogBytes >= LARGE_PACKET)
                .toList();
        return busy.isEmpty()
                ? new QueueHistory(List.of())
                : between(busy.getFirst().nanoTime, busy.getLast().nanoTime);
    }

    /// Returns the readings without those of the beginning: TCP's slow start.
    ///
    /// @param nanos length of time that is left out
    public QueueHistory after(long nanos) {
        return readings.isEmpty() ? this : between(readings.getFirst().nanoTime + nanos, readings.getLast().nanoTime);
    }

    /// Returns a quantile of the backlog in bytes.
    ///
    /// @param quantile 0..1; 0.5 is the median
    /// @throws IllegalStateException if there is no reading
    public long backlog(double quantile) {
        if (readings.isEmpty()) {
            throw new IllegalStateException("no reading");
        }
        List<Long> sorted =
                readings.stream().map(Reading::backlogBytes).sorted().toList();
        return sorted.get((int) Math.round(quantile * (sorted.size() - 1)));
    }

    /// Returns the rate at which the queue was emptied, in bits per second from the Ethernet header
    /// on: what the bottleneck really was.
    ///
    /// @throws IllegalStateException if there are less than two readings
    public double bitsPerSecond() {
        if (readings.size() < 2) {
            throw new IllegalStateException("no rate of " + readings.size() + " readings");
        }
        Reading first = readings.getFirst();
        Reading last = readings.getLast();
        return (last.sentBytes - first.sentBytes) * BITS_PER_BYTE * NANOS_PER_SECOND / (last.nanoTime - first.nanoTime);
    }
}
