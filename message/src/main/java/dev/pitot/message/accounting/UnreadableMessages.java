package dev.pitot.message.accounting;

import org.jspecify.annotations.Nullable;

/// Messages of a peer that cannot be read, and the likely mistake behind them, reported once per
/// peer: a type that only the peer has, or fields that the peer has in another order. One thread.
public final class UnreadableMessages {
    private static final int TYPES = 256;
    private static final int ENOUGH = 3;

    private final String consequence;
    private final long[] read = new long[TYPES / Long.SIZE]; // a bit for each type of which a message was read
    private byte @Nullable [] failures; // by type
    private boolean isUnknownReported;
    private boolean isOrderReported;

    /// @param consequence for messages of unknown types, for people: a sentence's end
    public UnreadableMessages(String consequence) {
        this.consequence = consequence;
    }

    /// A message was read.
    ///
    /// @param type 0..255
    public void onRead(int type) {
        read[type >> 6] |= 1L << type;
    }

    /// A message could not be read.
    ///
    /// @param type 0..255
    /// @param isUnknown whether this end does not know it
    /// @return a sentence if a person should know; null if not
    public @Nullable String onFailure(int type, boolean isUnknown) {
        if (isUnknown) {
            boolean isNews = !isUnknownReported;
            isUnknownReported = true;
            return isNews
                    ? "The peer sends messages of type " + type + ", which this end does not know: " + consequence
                            + "; declare the type at this end too."
                    : null;
        }
        if (isOrderReported || (read[type >> 6] & 1L << type) != 0) {
            return null;
        }
        byte[] counts = failures == null ? new byte[TYPES] : failures;
        failures = counts;
        if (++counts[type] < ENOUGH) {
            return null;
        }
        isOrderReported = true;
        return "No message of type " + type + " from the peer can be read: it probably has the fields in another order "
                + "(see FieldOrder), or other fields.";
    }
}
