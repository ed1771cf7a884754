package dev.pitot.message.extended;

import java.time.Duration;

/// Settings of one end of a connection, in range: EndpointOptions and ProtocolOptions check them.
///
/// @param timeout after which a silent peer is given up
/// @param largestMessage the longest message it takes, in bytes
/// @param sendQueue bytes that may wait to be sent or confirmed, with [#MESSAGE_COST] more for each
///     message; not less than a longest message with its cost
/// @param largestDatagram that a client would like to send and get, in bytes; 1200 to 1400. A
///     server goes by its clients'
/// @param dtls true if a client says that everything behind its hello is inside DTLS
public record ExtendedSettings(Duration timeout, int largestMessage, int sendQueue, int largestDatagram, boolean dtls) {
    private static final long MIN_WINDOW = 1 << 20;

    /// The longest message that any connection carries: 16 MiB.
    public static final int MAX_MESSAGE = 16 << 20;

    /// Cost of a message in a queue or of credit above its length: about what its
    /// bookkeeping takes.
    public static final int MESSAGE_COST = 32;

    /// 10 s, messages to 1 MiB, 4 MiB that wait, datagrams of 1,400 bytes as legume's.
    public static final ExtendedSettings DEFAULT =
            new ExtendedSettings(Duration.ofSeconds(10), 1 << 20, 4 << 20, PacketHeader.MAX_SIZE, false);

    /// Returns how many bytes of messages the peer may send ahead: 1 MiB or two of the longest
    /// messages, so that one can come while another waits.
    public long receiveWindow() {
        return Math.max(MIN_WINDOW, 2L * (largestMessage + MESSAGE_COST));
    }
}
