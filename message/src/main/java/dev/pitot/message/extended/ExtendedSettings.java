package dev.pitot.message.extended;

import java.time.Duration;

/// What one end of a connection wants.
///
/// @param timeout how long nothing may come from the peer; 100 ms to 1 hour
/// @param largestMessage the longest message it takes, in bytes; 1 to 16 MiB
/// @param sendQueue how many bytes may wait to be sent or confirmed, with [#MESSAGE_COST] more
/// for
///     each message; not less than a longest message with its cost
/// @param largestDatagram that a client would like to send and get, in bytes; 1200 to 1400. A
///     server goes by its clients'
/// @param dtls whether a client says that everything behind its hello is inside DTLS
public record ExtendedSettings(Duration timeout, int largestMessage, int sendQueue, int largestDatagram, boolean dtls) {
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final long MIN_WINDOW = 1 << 20;

    /// The longest message that any connection carries: 16 MiB.
    public static final int MAX_MESSAGE = 16 << 20;

    /// What a message costs of a queue or of credit above its length: about what its
    /// bookkeeping takes.
    public static final int MESSAGE_COST = 32;

    /// 10 s, messages to 1 MiB, 4 MiB that wait, datagrams of 1,400 bytes as legume's.
    public static final ExtendedSettings DEFAULT =
            new ExtendedSettings(Duration.ofSeconds(10), 1 << 20, 4 << 20, PacketHeader.MAX_SIZE, false);

    /// @throws IllegalArgumentException if a value is out of its range
    public ExtendedSettings {
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a timeout is 100 ms to 1 hour, not " + timeout);
        }
        if (largestMessage < 1 || largestMessage > MAX_MESSAGE) {
            throw new IllegalArgumentException("largestMessage not in 1.." + MAX_MESSAGE + ": " + largestMessage);
        }
        if (sendQueue < largestMessage + MESSAGE_COST) {
            throw new IllegalArgumentException(
                    "sendQueue < largestMessage " + largestMessage + " + " + MESSAGE_COST + ": " + sendQueue);
        }
        if (largestDatagram < PacketHeader.MIN_SIZE || largestDatagram > PacketHeader.MAX_SIZE) {
            throw new IllegalArgumentException("largestDatagram not in " + PacketHeader.MIN_SIZE + ".."
                    + PacketHeader.MAX_SIZE + ": " + largestDatagram);
        }
    }

    /// How many bytes of messages the peer may send ahead: 1 MiB or two of the longest
    /// messages, so that one can come while another waits.
    public long receiveWindow() {
        return Math.max(MIN_WINDOW, 2L * (largestMessage + MESSAGE_COST));
    }
}
