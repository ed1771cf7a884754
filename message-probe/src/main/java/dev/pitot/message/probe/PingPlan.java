package dev.pitot.message.probe;

import dev.pitot.message.channel.Channel;
import dev.pitot.model.text.ErrorText;
import java.time.Duration;

/// The settings of pings.
///
/// @param channel on which pings and their answers go
/// @param bytes of each message, the byte of its type included, 16..65,535
/// @param interval between two, 1 ns..1 h, kept whether answers come or not
/// @param limit when it ends
/// @param spins whether the processor is kept busy while there is nothing to do, for the smallest
///     latency
public record PingPlan(Channel channel, int bytes, Duration interval, ProbeLimit limit, boolean spins) {
    /// The head of a ping, and a byte of padding.
    public static final int MIN_BYTES = 16;

    /// The largest message that a `varstring` can pad, nearly.
    public static final int MAX_BYTES = 65_535;

    /// 100 unreliable pings a second of 64 bytes, for ten seconds.
    public static final PingPlan DEFAULT = new PingPlan(
            Channel.UNRELIABLE, 64, Duration.ofMillis(10), new ProbeLimit.Time(Duration.ofSeconds(10)), false);

    /// @throws IllegalArgumentException if something is out of range
    public PingPlan {
        checkBytes(bytes);
        checkInterval(interval);
    }

    static void checkInterval(Duration interval) {
        if (!interval.isPositive() || interval.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("interval not in 1 ns..1 h: " + ErrorText.of(interval));
        }
    }

    static void checkBytes(int bytes) {
        if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("bytes not in " + MIN_BYTES + ".." + MAX_BYTES + ": " + bytes);
        }
    }
}
