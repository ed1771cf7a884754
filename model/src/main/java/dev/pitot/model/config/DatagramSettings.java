package dev.pitot.model.config;

import java.util.Objects;

/// UDP settings.
///
/// @param wideCounters 64-bit instead of 32-bit sequence numbers (`--udp-counters-64bit`)
/// @param dontFragment the IPv4 DF flag (`--dont-fragment`)
/// @param offload whether the kernel segments and coalesces many datagrams per call (`--gsro`, `--no-gsro`)
public record DatagramSettings(boolean wideCounters, boolean dontFragment, Offload offload) {
    /// 32-bit counters, fragmentation allowed, many datagrams per call where the rate is high.
    public static final DatagramSettings DEFAULT = new DatagramSettings(false, false, Offload.AUTOMATIC);

    /// @throws NullPointerException if `offload` is null
    public DatagramSettings {
        Objects.requireNonNull(offload, "offload is null");
    }

    /// Returns these settings with 64-bit or 32-bit sequence numbers.
    public DatagramSettings withWideCounters(boolean value) {
        return new DatagramSettings(value, dontFragment, offload);
    }

    /// Returns these settings with or without the IPv4 flag DF.
    public DatagramSettings withDontFragment(boolean value) {
        return new DatagramSettings(wideCounters, value, offload);
    }

    /// Returns these settings with many datagrams per call, one, or what the rate allows.
    public DatagramSettings withOffload(Offload value) {
        return new DatagramSettings(wideCounters, dontFragment, value);
    }
}
