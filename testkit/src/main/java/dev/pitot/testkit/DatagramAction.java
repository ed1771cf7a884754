package dev.pitot.testkit;

/// Action of a [LossyLink] on one datagram.
public sealed interface DatagramAction {
    /// Delivers it at once.
    record Pass() implements DatagramAction {}

    /// Drops it.
    record Drop() implements DatagramAction {}

    /// Delivers it at once, twice.
    record Duplicate() implements DatagramAction {}

    /// Delivers it after later datagrams of its stream, or when no more arrive.
    ///
    /// @param others number of later datagrams that overtake it, 1 or more
    record Delay(int others) implements DatagramAction {
        /// @throws IllegalArgumentException if nothing overtakes it
        public Delay {
            if (others < 1) {
                throw new IllegalArgumentException("others < 1: " + others);
            }
        }
    }
}
