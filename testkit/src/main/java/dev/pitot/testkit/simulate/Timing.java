package dev.pitot.testkit.simulate;

import java.time.Duration;

/// How long datagrams are on their way.
///
/// @param delay of each
/// @param jitter comes on top, evenly spread between 0 and this. It does not change the order:
///     a datagram is never faster than the one before it, unless that is held back
/// @param heldBack 0..1, the probability that a datagram is held back, so that later ones can
///     overtake it
/// @param holdBack how much longer those take
public record Timing(Duration delay, Duration jitter, double heldBack, Duration holdBack) {
    /// At once.
    public static final Timing NONE = new Timing(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

    /// @throws IllegalArgumentException if something is out of range
    public Timing {
        check("delay", delay);
        check("jitter", jitter);
        Impairment.checkProbability("heldBack", heldBack);
        check("holdBack", holdBack);
    }

    private static void check(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(name + " not in 0..1 h: " + duration);
        }
    }
}
