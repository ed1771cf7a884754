package dev.pitot.model.config;

/// How UDP datagrams are numbered and sent.
///
/// @param wideCounters sequence numbers of 64 bits instead of 32 (`--udp-counters-64bit`)
/// @param dontFragment the IPv4 flag of that name (`--dont-fragment`)
/// @param offload whether the kernel cuts and joins many datagrams per call (`--gsro`:
///     UDP_SEGMENT, UDP_GRO)
public record DatagramSettings(boolean wideCounters, boolean dontFragment, boolean offload) {
    /// Short counters, fragments allowed, one datagram per call.
    public static final DatagramSettings DEFAULT = new DatagramSettings(false, false, false);

    /// These settings with sequence numbers of 64 bits, or of 32.
    public DatagramSettings withWideCounters(boolean value) {
        return new DatagramSettings(value, dontFragment, offload);
    }

    /// These settings with the IPv4 flag DF, or without.
    public DatagramSettings withDontFragment(boolean value) {
        return new DatagramSettings(wideCounters, value, offload);
    }

    /// These settings with many datagrams per call, or one.
    public DatagramSettings withOffload(boolean value) {
        return new DatagramSettings(wideCounters, dontFragment, value);
    }
}
