package dev.pitot.testkit.simulate;

/// What else happens to datagrams.
///
/// @param duplicated 0..1, the probability that a datagram arrives twice
/// @param corrupted 0..1, the probability that a datagram arrives with one to three bits
///     inverted, as if UDP's checksum had missed it
public record Faults(double duplicated, double corrupted) {
    /// Nothing.
    public static final Faults NONE = new Faults(0, 0);

    /// @throws IllegalArgumentException if a probability is out of range
    public Faults {
        Impairment.checkProbability("duplicated", duplicated);
        Impairment.checkProbability("corrupted", corrupted);
    }
}
