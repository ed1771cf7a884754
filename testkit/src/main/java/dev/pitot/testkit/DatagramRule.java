package dev.pitot.testkit;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Rule that selects the action for each data datagram in one direction of a [LossyLink]. Pure
/// function: the same number always has the same action. Datagrams are numbered from 1 in the order
/// in which they arrive at the link, separately for each stream.
///
/// ```java
/// DatagramRule bad = DatagramRule.dropEvery(50).or(DatagramRule.swapEvery(7));
/// ```
@FunctionalInterface
public interface DatagramRule {
    /// Returns the action for a datagram.
    ///
    /// @param number number in its stream, from 1
    DatagramAction actionOf(long number);

    /// Passes all datagrams.
    static DatagramRule passAll() {
        return _ -> new DatagramAction.Pass();
    }

    /// Drops number n, 2n, 3n and so on.
    ///
    /// @throws IllegalArgumentException if `n` is below 1
    static DatagramRule dropEvery(int n) {
        return every(n, new DatagramAction.Drop());
    }

    /// Drops the datagrams of these numbers.
    static DatagramRule drop(long... numbers) {
        Set<Long> doomed = Arrays.stream(numbers).boxed().collect(Collectors.toUnmodifiableSet());
        return number -> doomed.contains(number) ? new DatagramAction.Drop() : new DatagramAction.Pass();
    }

    /// Drops each datagram with a probability of 1/n, the same ones for the same seed.
    ///
    /// @throws IllegalArgumentException if `n` is below 1
    static DatagramRule dropOneIn(int n, long seed) {
        requirePositive(n);
        return number -> new SplittableRandom(seed + number).nextInt(n) == 0
                ? new DatagramAction.Drop()
                : new DatagramAction.Pass();
    }

    /// Delivers number n, 2n, 3n and so on twice.
    ///
    /// @throws IllegalArgumentException if `n` is below 1
    static DatagramRule duplicateEvery(int n) {
        return every(n, new DatagramAction.Duplicate());
    }

    /// Swaps number n, 2n, 3n and so on with the one that follows.
    ///
    /// @throws IllegalArgumentException if `n` is below 2: a datagram cannot be swapped with both
    ///     neighbours
    static DatagramRule swapEvery(int n) {
        if (n < 2) {
            throw new IllegalArgumentException("n < 2: " + n);
        }
        return every(n, new DatagramAction.Delay(1));
    }

    /// Delays one datagram until `others` later ones have overtaken it.
    ///
    /// @throws IllegalArgumentException if `others` is below 1
    static DatagramRule delay(long number, int others) {
        var late = new DatagramAction.Delay(others);
        return asked -> asked == number ? late : new DatagramAction.Pass();
    }

    /// Returns a rule that applies this one, and `other` to the datagrams that this one passes.
    default DatagramRule or(DatagramRule other) {
        return number -> {
            DatagramAction action = actionOf(number);
            return action instanceof DatagramAction.Pass ? other.actionOf(number) : action;
        };
    }

    private static DatagramRule every(int n, DatagramAction action) {
        requirePositive(n);
        return number -> number % n == 0 ? action : new DatagramAction.Pass();
    }

    private static void requirePositive(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n < 1: " + n);
        }
    }
}
