package dev.pitot.lab.watch;

import dev.pitot.lab.system.SystemRules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One ping at a time, with a second's patience.
final class Pings {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Pings() {}

    /// How a node is asked for the round trip to a target in milliseconds; null if it cannot be.
    ///
    /// @throws IllegalArgumentException if the target is neither a name nor an address
    static @Nullable Asked<Double> to(String target, Station station) {
        return Asked.of(station, SystemRules.of(station.system()).ping(target, 1, PATIENCE));
    }
}
