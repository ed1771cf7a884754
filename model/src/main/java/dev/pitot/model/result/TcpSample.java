package dev.pitot.model.result;

/// The kernel's values for one sending TCP connection at one moment (Linux TCP_INFO).
///
/// @param retransmits retransmitted segments in the interval or test that the sample is reported
///     for
/// @param window limits of data in flight
/// @param roundTrip smoothed round-trip time and its variance
/// @param pathMtuBytes the kernel's path MTU
/// @param reorderSeen reordering events since the connection began (tcpi_reord_seen)
public record TcpSample(long retransmits, SendWindow window, RoundTrip roundTrip, long pathMtuBytes, long reorderSeen) {

    /// Limits of data in flight.
    ///
    /// @param congestionBytes tcpi_snd_cwnd × tcpi_snd_mss
    /// @param peerBytes window advertised by the receiver (tcpi_snd_wnd)
    public record SendWindow(long congestionBytes, long peerBytes) {}

    /// Round-trip time of a segment and its acknowledgement.
    ///
    /// @param smoothedMicros tcpi_rtt
    /// @param varianceMicros tcpi_rttvar
    public record RoundTrip(long smoothedMicros, long varianceMicros) {}
}
