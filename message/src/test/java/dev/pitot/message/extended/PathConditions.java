package dev.pitot.message.extended;

/// What happens to datagrams on one way. Shares are 0..1.
///
/// @param loss of datagrams, each for itself
/// @param burst the chance that a loss takes the next one too
/// @param duplicate of datagrams
/// @param corrupt of datagrams: one bit of each is turned
/// @param delayNanos of each
/// @param jitterNanos at most, on top; with it datagrams overtake each other
record PathConditions(double loss, double burst, double duplicate, double corrupt, long delayNanos, long jitterNanos) {
    static final PathConditions CLEAR = new PathConditions(0, 0, 0, 0, 1_000_000, 0);

    static PathConditions losing(double loss, long delayNanos) {
        return new PathConditions(loss, 0, 0, 0, delayNanos, 0);
    }
}
