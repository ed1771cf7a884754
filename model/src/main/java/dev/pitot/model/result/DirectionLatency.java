package dev.pitot.model.result;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Round trips while one direction was loaded.
///
/// @param role role of the local end in this direction
/// @param loaded statistics under load, one per method, each with a median; the one that the grade is made
///     of comes first. Empty if nothing could be measured
/// @param unavailable why no round trip could be measured, in words that follow "not measurable here: ";
///     null if there is one in `loaded`
public record DirectionLatency(
        StreamRole role,
        List<RoundTripStatistics> loaded,
        @Nullable String unavailable) {
    /// Methods from the best to the worst: true samples of the load itself, the kernel's average of them,
    /// then separate flows, which another queue may serve.
    private static final List<LatencyMethod> BEST_FIRST = List.of(
            LatencyMethod.WRITE_ACKNOWLEDGED,
            LatencyMethod.KERNEL_SMOOTHED,
            LatencyMethod.UDP_ECHO,
            LatencyMethod.TCP_CONNECT,
            LatencyMethod.LOCAL_QUEUE);

    private static final int LOAD_METHODS = 2; // the first two are of the load itself

    /// Copies the list.
    public DirectionLatency {
        loaded = List.copyOf(loaded);
    }

    /// Returns a direction with the given statistics: those with a median and of a method for loads, the best
    /// method first.
    ///
    /// @param measured statistics under load, in any order
    /// @param otherwise why there is no round trip, if there is none
    public static DirectionLatency of(StreamRole role, List<RoundTripStatistics> measured, String otherwise) {
        List<RoundTripStatistics> known = measured.stream()
                .filter(statistics -> statistics.percentiles().p50() != null)
                .filter(statistics -> BEST_FIRST.contains(statistics.method())) // a peer may send any
                .sorted(Comparator.comparingInt(DirectionLatency::rank))
                .toList();
        var direction = new DirectionLatency(role, known, null);
        return direction.graded() == null ? new DirectionLatency(role, known, otherwise) : direction;
    }

    /// Of the load's own round trips, those with a 95 % come first: a median hides a queue that comes and goes.
    private static int rank(RoundTripStatistics statistics) {
        int rank = BEST_FIRST.indexOf(statistics.method());
        boolean isOfLoad = rank < LOAD_METHODS;
        return isOfLoad && statistics.percentiles().p95() != null ? rank : rank + LOAD_METHODS;
    }

    /// Returns the statistics that the grade is made of, or null if there are none. A wait in the sender's own
    /// queue is not a round trip.
    public @Nullable RoundTripStatistics graded() {
        return loaded.stream()
                .filter(statistics -> statistics.method() != LatencyMethod.LOCAL_QUEUE)
                .filter(statistics -> statistics.percentiles().p50() != null)
                .findFirst()
                .orElse(null);
    }
}
