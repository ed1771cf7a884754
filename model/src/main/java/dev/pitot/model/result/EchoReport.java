package dev.pitot.model.result;

import org.jspecify.annotations.Nullable;

/// Result of the UDP echo beside a test, as the client measured it.
public sealed interface EchoReport {
    /// Nothing was measured.
    ///
    /// @param reason a sentence
    record Unavailable(String reason) implements EchoReport {}

    /// Requests of one phase of a test.
    ///
    /// @param sent number of requests
    /// @param lost those without an answer: the request was lost, or the answer
    record Count(long sent, long lost) {}

    /// Round trips, losses and one-way delays. Those of idle and loaded phases are in [Latency] too, where
    /// they stand beside the figures of other methods.
    ///
    /// @param idle requests before the load
    /// @param loaded requests during the load, without its beginning
    /// @param after requests after the load
    /// @param afterLoad round trips after the load; null if there were none
    /// @param drainMicros time from the end of the load until a round trip was within 10 % of the idle
    ///     median, or 0.1 ms if that is more; in microseconds, null if that was not seen
    /// @param oneWay change of each direction's delay; the local end is the client
    record Measured(
            Count idle,
            Count loaded,
            Count after,
            @Nullable RoundTripStatistics afterLoad,
            @Nullable Double drainMicros,
            OneWayDelay oneWay)
            implements EchoReport {}
}
