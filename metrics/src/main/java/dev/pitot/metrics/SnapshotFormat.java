package dev.pitot.metrics;

import dev.pitot.model.sample.Windower;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the newest state of a test is shown to Prometheus as one text.
///
/// @param text the whole text once a record is there; it may show more than that record.
/// Listeners
///     of tests that run together call it at the same time
/// @param directions which a sink takes
/// @param window how long a window is; null for single intervals
/// @param isWhole whether a text shows all that is known, so that a newer one has what an older
/// one had, and whoever is late needs the newest alone
public record SnapshotFormat(
        Function<MetricsRecord, String> text,
        Series.Directions directions,
        @Nullable Duration window,
        boolean isWhole) {
    /// @throws IllegalArgumentException if `window` is not more than 0, or longer than
    ///     [Windower#MAX_LENGTH]
    public SnapshotFormat {
        if (window != null && (!window.isPositive() || window.compareTo(Windower.MAX_LENGTH) > 0)) {
            throw new IllegalArgumentException("a window must be longer than 0 and at most a day: " + window);
        }
    }

    /// A text of one interval, which a newer one replaces, or of one window, which none does.
    public SnapshotFormat(
            Function<MetricsRecord, String> text, Series.Directions directions, @Nullable Duration window) {
        this(text, directions, window, window == null);
    }

    /// All directions, interval by interval.
    public SnapshotFormat(Function<MetricsRecord, String> text) {
        this(text, Series.Directions.ALL, null);
    }

    /// The same whose every text shows all that is known, as a page of all metrics does.
    public SnapshotFormat whole() {
        return new SnapshotFormat(text, directions, window, true);
    }

    /// What turns one test's events into records.
    public Series series() {
        return new Series(window, directions);
    }
}
