package dev.pitot.wire.control;

/// Version of Pitot's extension of the iperf3 protocol, known to both ends of a test. A client
/// offers the highest version it knows as a member of its parameters ([#KEY]), which iperf3 ignores
/// like every unknown member. A server that knows the extension answers such an offer, and only
/// that, before it requests streams: the byte [#STATE] and the version to use, one byte. Without an
/// offer or an answer, the other end is treated as iperf3.
///
/// | version | adds |
/// |---|---|
/// | 1 | tests limited by bytes or blocks end with exactly the last requested byte |
/// | 2 | the UDP connect message contains the end of the test's cookie; TCP streams send all of it |
/// | 3 | results contain each end's own measurements; the server answers UDP echo requests of the test |
/// | 4 | receivers of UDP without a rate limit report how far they have read |
///
/// @param version 0 without the extension, at most [#LATEST]
public record ProtocolExtension(int version) {
    /// Key of the member in a client's parameters.
    public static final String KEY = "pitot";

    /// First byte of a server's answer, sent where iperf3 sends a state; distinct from iperf3's
    /// states, which count up from 1 and down from −1.
    public static final byte STATE = 'P';

    private static final int LATEST_VERSION = 4;

    /// No extension: the other end is iperf3.
    public static final ProtocolExtension NONE = new ProtocolExtension(0);

    /// The latest version.
    public static final ProtocolExtension LATEST = new ProtocolExtension(LATEST_VERSION);

    /// @throws IllegalArgumentException if the version is unknown
    public ProtocolExtension {
        if (version < 0 || version > LATEST_VERSION) {
            throw new IllegalArgumentException("version not in 0.." + LATEST_VERSION + ": " + version);
        }
    }

    /// Returns the highest version that both ends know, for any number that the other end sent.
    public static ProtocolExtension agreed(long version) {
        return new ProtocolExtension(Math.clamp(version, 0, LATEST_VERSION));
    }

    /// True if only iperf3's protocol is used.
    public boolean isNone() {
        return version == 0;
    }

    /// True if limits in bytes and blocks are exact. With iperf3, which counts only whole blocks if
    /// it reads each stream on its own thread, a sender rounds up.
    public boolean hasExactLimits() {
        return version >= 1;
    }

    /// True if a client's UDP connect messages contain the end of the test's cookie, so that a
    /// server knows which test each belongs to
    /// ([dev.pitot.wire.datagram.UdpConnectMessage#request(Cookie)]).
    public boolean hasCookieInRequests() {
        return version >= 2;
    }

    /// True if results contain the measurements of their end beyond iperf's
    /// ([dev.pitot.wire.json.PeerEvidence]).
    public boolean hasEvidence() {
        return version >= 3;
    }

    /// True if the receivers of a UDP test without a rate limit report to their senders how far they have read
    /// ([dev.pitot.wire.datagram.ReadReport]).
    public boolean hasReadReports() {
        return version >= 4;
    }

    /// True if a server that a client asks for it answers UDP echo requests during the test
    /// ([dev.pitot.wire.datagram.EchoDatagram]).
    public boolean hasEcho() {
        return version >= 3;
    }
}
