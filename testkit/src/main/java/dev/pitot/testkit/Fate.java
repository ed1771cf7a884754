package dev.pitot.testkit;

/// What becomes of one datagram on a [LossyLink].
public sealed interface Fate {
    /// It arrives at once.
    record Pass() implements Fate {}

    /// It never arrives.
    record Drop() implements Fate {}

    /// It arrives at once, two times.
    record Duplicate() implements Fate {}

    /// It arrives behind later ones of its stream, or when the stream falls silent.
    ///
    /// @param others how many later datagrams overtake it, 1 or more
    record Delay(int others) implements Fate {
        /// @throws IllegalArgumentException if nothing overtakes it
        public Delay {
            if (others < 1) {
                throw new IllegalArgumentException("others < 1: " + others);
            }
        }
    }
}
