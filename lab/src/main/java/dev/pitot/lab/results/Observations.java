package dev.pitot.lab.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What hooks and monitors found out at the point of a test.
///
/// @param values what hooks have reported, by its name such as `recovery_seconds`, as it was written:
///     numbers and texts
/// @param monitors what monitors have read from the client's start to its end, by the name of the
///     column, such as `node_rssi_dbm`
public record Observations(Map<String, String> values, Map<String, Statistics> monitors) {
    /// Nothing.
    public static final Observations NONE = new Observations(Map.of(), Map.of());

    public Observations {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        monitors = Collections.unmodifiableMap(new LinkedHashMap<>(monitors));
    }

    /// Readings of one monitor.
    ///
    /// @param count 1 or more
    /// @param mean of them, in the unit of the name
    /// @param min the least
    /// @param max the greatest
    public record Statistics(int count, double mean, double min, double max) {}
}
