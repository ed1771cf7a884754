package dev.pitot.model.config;

import java.util.List;

/// What an end of SCTP's own does with its sockets.
///
/// @param addresses local addresses or names to be bound besides the first (`-X`)
/// @param streams outgoing streams asked for (`--nstreams`), 0..65535; 0 leaves it to the system
public record SctpEnd(List<String> addresses, int streams) {
    /// Nothing special.
    public static final SctpEnd DEFAULT = new SctpEnd(List.of(), 0);

    private static final int MAX_STREAMS = 65_535; // RFC 9260, 3.3.2: 16 bits

    /// @throws IllegalArgumentException if `streams` is out of range
    public SctpEnd {
        addresses = List.copyOf(addresses);
        if (streams < 0 || streams > MAX_STREAMS) {
            throw new IllegalArgumentException("streams not in 0..65535: " + streams);
        }
    }
}
