package dev.pitot.model.result;

import org.jspecify.annotations.Nullable;

/// Datagrams of a stream or direction, over an interval or a test.
///
/// @param packets datagrams sent; at the receiving end, datagrams that should have arrived as far
///     as it knows, so that `packets - lost` did arrive
/// @param reception statistics that only the receiving end has; null at the sending end
public record Datagrams(long packets, @Nullable Reception reception) {
    /// Datagram statistics of the receiving end.
    ///
    /// @param lost lost datagrams; null if unknown at the other end. Never negative in an interval:
    ///     a late datagram corrects the total, but not an interval that is already reported
    /// @param outOfOrder datagrams received after one with a higher number, duplicates not counted
    /// @param duplicates repeated datagrams
    /// @param jitterSeconds jitter by RFC 3550, 6.4.1 and A.8, as of the last datagram; in sums the
    ///     mean over streams
    public record Reception(@Nullable Long lost, long outOfOrder, long duplicates, double jitterSeconds) {}

    /// Lost datagrams in percent of all, 0 if there are none; null if unknown.
    public @Nullable Double lostPercent() {
        Long lost = reception == null ? null : reception.lost();
        if (lost == null) {
            return null;
        }
        return packets <= 0 ? 0 : 100.0 * lost / packets;
    }
}
