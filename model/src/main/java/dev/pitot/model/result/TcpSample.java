package dev.pitot.model.result;

/// The kernel's view of one sending TCP connection at a moment (Linux TCP_INFO).
///
/// @param retransmits segments sent again, in the interval or test it is reported for
/// @param window how much may be in flight
/// @param roundTrip the smoothed estimate
/// @param pathMtuBytes what the kernel believes of the path
/// @param reorderSeen reordering events since the connection began (tcpi_reord_seen)
public record TcpSample(long retransmits, SendWindow window, RoundTrip roundTrip, long pathMtuBytes, long reorderSeen) {

    /// How much may be in flight.
    ///
    /// @param congestionBytes tcpi_snd_cwnd × tcpi_snd_mss
    /// @param peerBytes what the receiver offers (tcpi_snd_wnd)
    public record SendWindow(long congestionBytes, long peerBytes) {}

    /// How long a segment and its acknowledgement take.
    ///
    /// @param smoothedMicros tcpi_rtt
    /// @param varianceMicros tcpi_rttvar
    public record RoundTrip(long smoothedMicros, long varianceMicros) {}
}
