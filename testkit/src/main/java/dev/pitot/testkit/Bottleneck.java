package dev.pitot.testkit;

import java.time.Duration;
import java.util.List;

/// Slow line behind a buffer of known size, as [NamespacePath] makes it with the kernel's traffic
/// control. Lengths of packets count from the Ethernet header on: 1514 bytes for an IP packet of
/// 1500.
///
/// @param shaper the queueing discipline
/// @param bitsPerSecond rate of the line, from 100 kbit/s on
/// @param buffer delay of a packet that finds room for just itself; more packets are dropped
public record Bottleneck(Shaper shaper, long bitsPerSecond, Duration buffer) {
    private static final long LOWEST_RATE = 100_000;
    private static final int LARGEST_PACKET = 1514;
    private static final int SMALLEST_BURST = 1600; // the kernel rounds it down; less than a packet lets none pass
    private static final long BITS_PER_BYTE = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long BURSTS_PER_SECOND = 1000; // late timers of a busy machine then cost no throughput

    /// Queueing disciplines of Linux.
    public enum Shaper {
        /// Token bucket filter (tc-tbf(8)).
        TBF,
        /// Hierarchical token bucket (tc-htb(8)) with one class, over a first-in-first-out queue.
        HTB
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if the rate is too low, or the buffer too short for one packet
    public Bottleneck {
        if (bitsPerSecond < LOWEST_RATE) {
            throw new IllegalArgumentException("bitsPerSecond < " + LOWEST_RATE + ": " + bitsPerSecond);
        }
        if (bytesIn(bitsPerSecond, buffer) < LARGEST_PACKET) {
            throw new IllegalArgumentException("no room for a packet of 1514 bytes: " + buffer);
        }
    }

    /// Returns a token bucket filter.
    public static Bottleneck of(long bitsPerSecond, Duration buffer) {
        return new Bottleneck(Shaper.TBF, bitsPerSecond, buffer);
    }

    /// Size of the buffer in bytes.
    public long bufferBytes() {
        return bytesIn(bitsPerSecond, buffer);
    }

    /// Time in which the line sends so many bytes.
    public Duration delayOf(long bytes) {
        return Duration.ofNanos(bytes * BITS_PER_BYTE * NANOS_PER_SECOND / bitsPerSecond);
    }

    /// Returns the arguments of `tc`, one command each, that make it of a device's root.
    List<String> commands(String device) {
        long burst = Math.max(SMALLEST_BURST, bitsPerSecond / BITS_PER_BYTE / BURSTS_PER_SECOND);
        return switch (shaper) {
            case TBF ->
                List.of("qdisc replace dev %s root handle 1: tbf rate %dbit burst %d limit %d"
                        .formatted(device, bitsPerSecond, burst, bufferBytes()));
            case HTB ->
                List.of(
                        "qdisc replace dev %s root handle 1: htb default 1".formatted(device),
                        "class replace dev %s parent 1: classid 1:1 htb rate %dbit burst %d cburst %d quantum 1514"
                                .formatted(device, bitsPerSecond, burst, burst),
                        "qdisc replace dev %s parent 1:1 handle 10: bfifo limit %d".formatted(device, bufferBytes()));
        };
    }

    private static long bytesIn(long bitsPerSecond, Duration time) {
        return (long) (bitsPerSecond / (double) BITS_PER_BYTE * time.toNanos() / NANOS_PER_SECOND);
    }
}
