package dev.pitot.testkit.simulate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a network does to the datagrams of one direction. Immutable; begin with [#NONE] and say
/// what is to be worse.
///
/// @param rate null if there is no limit
/// @param seed decides everything random: the same datagrams at the same times with the same
///     seed fare the same
public record Impairment(
        LossModel loss,
        Timing timing,
        Faults faults,
        @Nullable RateLimit rate,
        long seed) {
    /// A perfect network.
    public static final Impairment NONE = new Impairment(new LossModel.None(), Timing.NONE, Faults.NONE, null, 0);

    /// The same with datagrams lost independently of each other.
    ///
    /// @param probability 0..1
    public Impairment withLoss(double probability) {
        return withLoss(new LossModel.Independent(probability));
    }

    /// The same with other losses.
    public Impairment withLoss(LossModel other) {
        return new Impairment(other, timing, faults, rate, seed);
    }

    /// The same with another time on the way.
    ///
    /// @param jitter see [Timing#jitter()]
    public Impairment withDelay(Duration delay, Duration jitter) {
        return withTiming(new Timing(delay, jitter, timing.heldBack(), timing.holdBack()));
    }

    /// The same with datagrams that are overtaken.
    ///
    /// @param probability 0..1
    /// @param by how much longer those take
    public Impairment withReorder(double probability, Duration by) {
        return withTiming(new Timing(timing.delay(), timing.jitter(), probability, by));
    }

    /// The same with datagrams that arrive twice.
    ///
    /// @param probability 0..1
    public Impairment withDuplicates(double probability) {
        return new Impairment(loss, timing, new Faults(probability, faults.corrupted()), rate, seed);
    }

    /// The same with datagrams that arrive spoilt.
    ///
    /// @param probability 0..1
    public Impairment withCorruption(double probability) {
        return new Impairment(loss, timing, new Faults(faults.duplicated(), probability), rate, seed);
    }

    /// The same behind a bottleneck.
    public Impairment withRate(RateLimit limit) {
        return new Impairment(loss, timing, faults, limit, seed);
    }

    /// The same with other dice.
    public Impairment withSeed(long other) {
        return new Impairment(loss, timing, faults, rate, other);
    }

    private Impairment withTiming(Timing other) {
        return new Impairment(loss, other, faults, rate, seed);
    }

    static void checkProbability(String name, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(name + " not in 0..1: " + probability);
        }
    }
}
