package dev.pitot.lab.probe;

import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.process.CommandTarget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One ping at a time, with a second's patience.
public final class PingProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private PingProbe() {}

    /// How a node is asked for the round trip to a target in milliseconds; null if it cannot be.
    ///
    /// @throws IllegalArgumentException if the target is neither a name nor an address
    public static @Nullable BoundQuery<Double> to(String target, CommandTarget station) {
        return BoundQuery.of(station, OsAdapter.of(station.system()).ping(target, 1, TIMEOUT));
    }
}
