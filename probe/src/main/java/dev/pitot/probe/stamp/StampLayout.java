package dev.pitot.probe.stamp;

import org.jspecify.annotations.Nullable;

/// Where the fields of packets are, in octets from the beginning (RFC 8762, figures of sections 4.2 and
/// 4.3).
enum StampLayout {
    /// Open packets, 44 octets. A TWAMP Light end (RFC 5357, appendix I) leaves out up to three of them at
    /// the end.
    OPEN(44, 41, 4),
    /// Authenticated packets, 112 octets; the last 16 of them are the code.
    AUTHENTICATED(112, 112, 16);

    private final int bytes;
    private final int smallest;
    private final int timestamp;

    StampLayout(int bytes, int smallest, int timestamp) {
        this.bytes = bytes;
        this.smallest = smallest;
        this.timestamp = timestamp;
    }

    static StampLayout of(@Nullable StampKey key) {
        return key == null ? OPEN : AUTHENTICATED;
    }

    int bytes() {
        return bytes;
    }

    /// Returns the octets of the shortest packet that has all fields of an answer.
    int smallest() {
        return smallest;
    }

    int timestamp() {
        return timestamp;
    }

    int error() {
        return timestamp + Long.BYTES;
    }

    int session() {
        return error() + Short.BYTES;
    }

    int received() {
        return this == OPEN ? 16 : 32;
    }

    int senderSequence() {
        return this == OPEN ? 24 : 48;
    }

    int senderTimestamp() {
        return this == OPEN ? 28 : 64;
    }

    int senderError() {
        return this == OPEN ? 36 : 72;
    }

    int ttl() {
        return this == OPEN ? 40 : 80;
    }
}
