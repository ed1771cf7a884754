package dev.pitot.model.result;

import org.jspecify.annotations.Nullable;

/// Datagrams of a stream or direction, over an interval or a test.
///
/// @param packets sent; at the receiving end those that should have arrived as far as it knows,
///     so that `packets - lost` did
/// @param reception what only the receiving end sees; null at the sending one
public record Datagrams(long packets, @Nullable Reception reception) {
    /// How datagrams arrived.
    ///
    /// @param lost how many did not; null where the other end cannot tell. In an interval never
    ///     negative: a datagram that comes late corrects the total, but no interval that is
    ///     already reported
    /// @param outOfOrder how many came after one with a higher number, duplicates not counted
    /// @param duplicates how many came once more
    /// @param jitterSeconds RFC 3550, 6.4.1 and A.8, as of the last datagram; in sums the mean
    ///     over streams
    public record Reception(@Nullable Long lost, long outOfOrder, long duplicates, double jitterSeconds) {}

    /// Lost datagrams in percent of all, 0 where there are none; null where it is unknown.
    public @Nullable Double lostPercent() {
        Long lost = reception == null ? null : reception.lost();
        if (lost == null) {
            return null;
        }
        return packets <= 0 ? 0 : 100.0 * lost / packets;
    }
}
