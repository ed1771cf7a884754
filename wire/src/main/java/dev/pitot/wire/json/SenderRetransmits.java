package dev.pitot.wire.json;

/// Knowledge of an end about its own retransmits. On the wire: `sender_has_retransmits`.
public enum SenderRetransmits {
    /// The end sends and counts retransmits.
    COUNTED(1),
    /// The end sends, but its system does not report retransmits.
    UNKNOWN(0),
    /// The end only receives.
    NO_SENDER(-1);

    private final int wireNumber;

    SenderRetransmits(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    static SenderRetransmits ofWireNumber(long number) {
        if (number == 0) {
            return UNKNOWN;
        }
        return number > 0 ? COUNTED : NO_SENDER;
    }

    int wireNumber() {
        return wireNumber;
    }
}
