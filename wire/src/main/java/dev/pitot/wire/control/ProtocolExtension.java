package dev.pitot.wire.control;

/// The version of Pitot's extension of iperf3's protocol that both ends of a test know. A client
/// offers the highest it knows as a member of its parameters ([#KEY]), which iperf3 ignores like
/// every member it does not know. A server that knows the extension answers the offer, and only
/// that, before it asks for streams: the byte [#STATE] and the version to use, one byte. Without
/// offer or without answer the other end is taken for an iperf3.
///
/// | version | what it adds |
/// |---|---|
/// | 1 | a test of so many bytes or blocks ends with exactly the last byte that was asked for |
/// | 2 | the datagram that opens a UDP stream shows the end of the test's cookie, as TCP streams show all of it |
///
/// @param version 0 without the extension, at most [#LATEST]
public record ProtocolExtension(int version) {
    /// The member of a client's parameters.
    public static final String KEY = "pitot";

    /// What stands before a server's answer where a state of iperf3's could stand; far from those,
    /// which count up from 1 and down from −1.
    public static final byte STATE = 'P';

    private static final int LATEST_VERSION = 2;

    /// The other end is an iperf3.
    public static final ProtocolExtension NONE = new ProtocolExtension(0);

    /// All that this end knows.
    public static final ProtocolExtension LATEST = new ProtocolExtension(LATEST_VERSION);

    /// @throws IllegalArgumentException if this end does not know the version
    public ProtocolExtension {
        if (version < 0 || version > LATEST_VERSION) {
            throw new IllegalArgumentException("version not in 0.." + LATEST_VERSION + ": " + version);
        }
    }

    /// What both ends know, whatever number the other end sent.
    public static ProtocolExtension agreed(long version) {
        return new ProtocolExtension(Math.clamp(version, 0, LATEST_VERSION));
    }

    /// Whether nothing goes beyond iperf3's protocol.
    public boolean isNone() {
        return version == 0;
    }

    /// Whether limits in bytes and blocks are kept to the byte. An iperf3 that reads
    /// each stream on a thread of its own counts whole blocks only, so a sender rounds up there.
    public boolean hasExactLimits() {
        return version >= 1;
    }

    /// Whether a client's requests for UDP streams show the end of the test's cookie, so that a server knows whose
    /// each is ([dev.pitot.wire.datagram.StreamRequest#request(Cookie)]).
    public boolean hasCookieInRequests() {
        return version >= 2;
    }
}
