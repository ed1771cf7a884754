package dev.pitot.metrics.file;

import dev.pitot.model.sample.WindowAggregator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Options of a JSON Lines file.
///
/// @param file how the file is opened and rotated
/// @param window length of a window, more than 0 and at most a day; null for a line per interval
/// @param streams true if interval lines also contain each stream
public record JsonLinesOptions(FileOptions file, @Nullable Duration window, boolean streams) {
    /// New file with a line per interval, without individual streams.
    public static final JsonLinesOptions DEFAULT = new JsonLinesOptions(FileOptions.TRUNCATE, null, false);

    /// @throws IllegalArgumentException if `window` is out of range
    public JsonLinesOptions {
        if (window != null && (!window.isPositive() || window.compareTo(WindowAggregator.MAX_LENGTH) > 0)) {
            throw new IllegalArgumentException("a window must be longer than 0 and at most a day: " + window);
        }
    }
}
