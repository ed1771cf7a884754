package dev.pitot.model.sample;

import org.jspecify.annotations.Nullable;

/// The kernel's view of sending TCP connections over one interval. Of several streams events are
/// sums; what is a state is the mean over the streams that know it.
///
/// @param retransmits segments sent again within the interval, 0 or more
/// @param reorderings reordering events within the interval (a difference of tcpi_reord_seen)
/// @param roundTrip the smoothed round-trip time
/// @param congestionBytes the congestion window; null where none is above 0
/// @param peerBytes the window that the receiver offers; null where none is above 0
/// @param pathMtuBytes what the kernel believes of the path
public record TcpFigures(
        long retransmits,
        long reorderings,
        RoundTrip roundTrip,
        @Nullable Double congestionBytes,
        @Nullable Double peerBytes,
        double pathMtuBytes) {
    /// How long a segment and its acknowledgement take.
    ///
    /// @param smoothedSeconds tcpi_rtt
    /// @param varianceSeconds tcpi_rttvar
    public record RoundTrip(double smoothedSeconds, double varianceSeconds) {}
}
