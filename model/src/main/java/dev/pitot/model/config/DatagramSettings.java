package dev.pitot.model.config;

/// UDP settings.
///
/// @param wideCounters 64-bit instead of 32-bit sequence numbers (`--udp-counters-64bit`)
/// @param dontFragment the IPv4 DF flag (`--dont-fragment`)
/// @param offload whether the kernel segments and coalesces many datagrams per call (`--gsro`:
///     UDP_SEGMENT, UDP_GRO)
public record DatagramSettings(boolean wideCounters, boolean dontFragment, boolean offload) {
    /// 32-bit counters, fragmentation allowed, one datagram per call.
    public static final DatagramSettings DEFAULT = new DatagramSettings(false, false, false);

    /// Returns these settings with 64-bit or 32-bit sequence numbers.
    public DatagramSettings withWideCounters(boolean value) {
        return new DatagramSettings(value, dontFragment, offload);
    }

    /// Returns these settings with or without the IPv4 flag DF.
    public DatagramSettings withDontFragment(boolean value) {
        return new DatagramSettings(wideCounters, value, offload);
    }

    /// Returns these settings with many datagrams per call or one.
    public DatagramSettings withOffload(boolean value) {
        return new DatagramSettings(wideCounters, dontFragment, value);
    }
}
