package dev.pitot.wire.json;

/// What an end knows of the segments that it sent again. The wire calls it `sender_has_retransmits`.
public enum SenderRetransmits {
    /// It sends, and counts them.
    COUNTED(1),
    /// It sends, but its system does not tell.
    UNKNOWN(0),
    /// It only receives.
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
