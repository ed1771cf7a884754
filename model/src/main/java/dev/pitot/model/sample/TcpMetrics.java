package dev.pitot.model.sample;

import org.jspecify.annotations.Nullable;

/// TCP_INFO values of sending connections over one interval. Over several streams, event counts are
/// sums; states are means over the streams that know them.
///
/// @param retransmits retransmitted segments within the interval, 0 or more
/// @param reorderings reordering events within the interval (a difference of tcpi_reord_seen)
/// @param roundTrip the smoothed round-trip time
/// @param congestionBytes congestion window; null if none is above 0
/// @param peerBytes window advertised by the receiver; null if none is above 0
/// @param pathMtuBytes the kernel's path MTU
public record TcpMetrics(
        long retransmits,
        long reorderings,
        RoundTrip roundTrip,
        @Nullable Double congestionBytes,
        @Nullable Double peerBytes,
        double pathMtuBytes) {
    /// Round-trip time of a segment and its acknowledgement.
    ///
    /// @param smoothedSeconds tcpi_rtt
    /// @param varianceSeconds tcpi_rttvar
    public record RoundTrip(double smoothedSeconds, double varianceSeconds) {}
}
