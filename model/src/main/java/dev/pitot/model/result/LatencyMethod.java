package dev.pitot.model.result;

/// Ways of measuring a round trip. Figures of different methods are never mixed.
public enum LatencyMethod {
    /// Time that the connect of a control or data connection took: one exchange each.
    CONNECT("connect", "connect time"),
    /// Time from a UDP stream's connect message to the reply, if neither was retransmitted: one exchange each.
    UDP_CONNECT("udp_connect", "UDP handshake"),
    /// Lowest round trip that the kernel saw on a connection (TCP_INFO, tcpi_min_rtt).
    KERNEL_MINIMUM("kernel_minimum", "kernel's lowest"),
    /// Smoothed round-trip time of the connections under load (TCP_INFO, tcpi_rtt; RFC 6298, gain 1/8).
    KERNEL_SMOOTHED("kernel_smoothed", "smoothed by the kernel"),
    /// Time from a write's departure to its acknowledgement (Linux TX timestamps).
    WRITE_ACKNOWLEDGED("write_acknowledged", "acknowledged writes"),
    /// Time that a write waited in the sender's own queue (Linux TX timestamps).
    LOCAL_QUEUE("local_queue", "own queue"),
    /// Echo of UDP datagrams beside the load, between two Pitots.
    UDP_ECHO("udp_echo", "UDP echo"),
    /// Connect time of separate TCP connections beside the load (`--probe`).
    TCP_CONNECT("tcp_connect", "TCP connections"),
    /// Test packets of STAMP (RFC 8762), without the time that they spent in the reflector.
    STAMP("stamp", "STAMP");

    private final String key;
    private final String text;

    LatencyMethod(String key, String text) {
        this.key = key;
        this.text = text;
    }

    /// Returns the name in JSON.
    public String key() {
        return key;
    }

    /// Returns the method in two or three words, for text.
    public String text() {
        return text;
    }
}
