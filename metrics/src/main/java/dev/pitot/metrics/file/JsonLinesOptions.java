package dev.pitot.metrics.file;

import dev.pitot.model.sample.Windower;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a file of JSON lines holds.
///
/// @param file how it is opened
/// @param window how long a window is, more than 0 and at most a day; null for a line per
/// interval
/// @param streams whether intervals tell of each stream too
public record JsonLinesOptions(FileOptions file, @Nullable Duration window, boolean streams) {
    /// A new file with a line per interval, streams together.
    public static final JsonLinesOptions DEFAULT = new JsonLinesOptions(FileOptions.TRUNCATE, null, false);

    /// @throws IllegalArgumentException with a sentence, if `window` is out of range
    public JsonLinesOptions {
        if (window != null && (!window.isPositive() || window.compareTo(Windower.MAX_LENGTH) > 0)) {
            throw new IllegalArgumentException("a window must be longer than 0 and at most a day: " + window);
        }
    }
}
