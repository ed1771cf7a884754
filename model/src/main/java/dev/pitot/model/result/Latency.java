package dev.pitot.model.result;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Round-trip times of a test, idle and under load.
///
/// @param idle statistics without load, one per method
/// @param directions one per direction, in the order of an interval's sums
/// @param echo losses and one-way delays of the UDP echo beside the load; null if there was none, and on
///     servers
/// @param target failures of the TCP connections beside the load; null if there were none, and on servers
public record Latency(
        List<RoundTripStatistics> idle,
        List<DirectionLatency> directions,
        @Nullable EchoReport echo,
        @Nullable TargetReport target) {
    /// Copies the lists.
    public Latency {
        idle = List.copyOf(idle);
        directions = List.copyOf(directions);
    }

    /// Round trips without a probe.
    public Latency(List<RoundTripStatistics> idle, List<DirectionLatency> directions) {
        this(idle, directions, null, null);
    }

    /// Returns the idle statistics that contain the lowest round trip to the other end, or null if there are
    /// none. Connections to another target (`--probe`) do not count.
    public @Nullable RoundTripStatistics floor() {
        return idle.stream()
                .filter(statistics -> statistics.method() != LatencyMethod.TCP_CONNECT)
                .min(Comparator.comparingDouble(RoundTripStatistics::minMicros))
                .orElse(null);
    }

    /// Returns the rise of a direction's round trips under load: over the lowest idle one of the same method,
    /// where it was measured idle too, else over that of the [#floor()], but not for connections to another
    /// target, whose path is another one. Null if either is unknown.
    public @Nullable LatencyRise rise(DirectionLatency direction) {
        RoundTripStatistics loaded = direction.graded();
        RoundTripStatistics baseline = loaded == null ? null : baseline(loaded.method());
        return loaded == null || baseline == null || baseline.minMicros() <= 0
                ? null
                : LatencyRise.of(loaded, baseline.minMicros());
    }

    private @Nullable RoundTripStatistics baseline(LatencyMethod method) {
        RoundTripStatistics same = idle.stream()
                .filter(statistics -> statistics.method() == method)
                .findFirst()
                .orElse(null);
        return same == null && method != LatencyMethod.TCP_CONNECT ? floor() : same;
    }
}
