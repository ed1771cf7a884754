package dev.pitot.message.legume;

import org.jspecify.annotations.Nullable;

/// Messages of a peer that cannot be read, and the likely mistake behind them, said once per
/// peer: a type that only the peer has, or fields that the peer has in another order. One thread.
final class UnreadableMessages {
    private static final int ENOUGH = 3;

    private final long[] read = new long[4]; // a bit for each type of which a message was read
    private byte @Nullable [] failures; // by type
    private boolean isUnknownSaid;
    private boolean isOrderSaid;

    /// A message of a user's type was read.
    void onRead(int type) {
        read[type >> 6] |= 1L << type;
    }

    /// A datagram could not be read to its end.
    ///
    /// @return a sentence if a person should know; null if not
    @Nullable String onFailure(DatagramReader datagram) {
        int type = datagram.failedType();
        if (datagram.isUnknownType() && !isUnknownSaid) {
            isUnknownSaid = true;
            return "The peer sends messages of type " + type + ", which this end does not know: they and what follows "
                    + "them in a datagram are dropped; declare the type at this end too.";
        }
        if (datagram.isUnknownType() || type < 0 || isOrderSaid || (read[type >> 6] & 1L << type) != 0) {
            return null;
        }
        byte[] counts = failures == null ? new byte[1 << Byte.SIZE] : failures;
        failures = counts;
        if (++counts[type] < ENOUGH) {
            return null;
        }
        isOrderSaid = true;
        return "No message of type " + type + " from the peer can be read: it probably has the fields in another order "
                + "(see FieldOrder), or other fields.";
    }
}
