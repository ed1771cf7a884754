package dev.pitot.message.channel;

/// One of the ways a message can go. Messages of one channel keep what its kind promises among
/// themselves; channels do not wait for each other.
///
/// @param number 0..63
public record Channel(Kind kind, int number) {
    /// May be lost, may be overtaken, comes at most once.
    public static final Channel UNRELIABLE = new Channel(Kind.UNRELIABLE, 0);

    /// May be lost; what was overtaken by a newer one does not come any more. Not in legume's protocol.
    public static final Channel UNRELIABLE_SEQUENCED = new Channel(Kind.UNRELIABLE_SEQUENCED, 0);

    /// Comes exactly once, as soon as it can.
    public static final Channel RELIABLE = new Channel(Kind.RELIABLE, 0);

    /// Comes exactly once, in the order of sending.
    public static final Channel RELIABLE_ORDERED = new Channel(Kind.RELIABLE_ORDERED, 0);

    private static final int MAX_NUMBER = 63;

    /// Promises of a channel.
    public enum Kind {
        /// May be lost, may be overtaken, comes at most once.
        UNRELIABLE,
        /// May be lost; what was overtaken by a newer one does not come any more.
        UNRELIABLE_SEQUENCED,
        /// Comes exactly once, as soon as it can.
        RELIABLE,
        /// Comes exactly once, in the order of sending.
        RELIABLE_ORDERED;

        /// True if a lost message is sent again.
        public boolean isReliable() {
            return this == RELIABLE || this == RELIABLE_ORDERED;
        }
    }

    /// @throws IllegalArgumentException if the number is out of range
    public Channel {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("a channel's number is 0 to " + MAX_NUMBER + ", not " + number);
        }
    }
}
