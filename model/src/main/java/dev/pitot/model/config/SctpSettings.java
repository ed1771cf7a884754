package dev.pitot.model.config;

import java.util.List;
import java.util.Objects;

/// SCTP settings of one end.
///
/// @param addresses local addresses or names to bind in addition to the first (`-X`)
/// @param streams outgoing streams requested (`--nstreams`), 0..65535; 0 for the system default
public record SctpSettings(List<String> addresses, int streams) {
    /// No additional addresses, the system's number of streams.
    public static final SctpSettings DEFAULT = new SctpSettings(List.of(), 0);

    private static final int MAX_STREAMS = 65_535; // RFC 9260, 3.3.2: 16 bits

    /// @throws IllegalArgumentException if `streams` is out of range, or an address is empty
    public SctpSettings {
        Objects.requireNonNull(addresses, "addresses is null");
        addresses = List.copyOf(addresses);
        if (addresses.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("an address is empty: " + addresses);
        }
        if (streams < 0 || streams > MAX_STREAMS) {
            throw new IllegalArgumentException("streams not in 0..65535: " + streams);
        }
    }
}
