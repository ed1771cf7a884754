package dev.pitot.message.probe;

import dev.pitot.message.channel.Channel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The settings of a flood.
///
/// @param channel on which messages go
/// @param bytes of each message, the byte of its type included, 16..65,535
/// @param length of time, more than 0, 366 days at most
/// @param interval between two messages, 1 ns..1 h; null for as fast as back-pressure allows
public record FloodPlan(
        Channel channel,
        int bytes,
        Duration length,
        @Nullable Duration interval) {
    /// Reliable messages of 64 bytes for ten seconds, as fast as they go.
    public static final FloodPlan DEFAULT = new FloodPlan(Channel.RELIABLE, 64, Duration.ofSeconds(10), null);

    /// @throws IllegalArgumentException if something is out of range
    public FloodPlan {
        PingPlan.checkBytes(bytes);
        ProbeLimit.Time.check(length);
        if (interval != null) {
            PingPlan.checkInterval(interval);
        }
    }
}
