package dev.pitot.lab.watch;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a hook has said and how long it took.
///
/// @param tag one word for the names of files, of `[A-Za-z0-9._-]{1,64}`; null if it told none
/// @param failure a sentence; null if it was carried out
/// @param elapsed from its call to its end
/// @param figures what it measured, by name with the unit: a ping gate tells
///     `seconds_to_first_answer` and `round_trip_ms`; empty for all others
public record HookOutcome(
        @Nullable String tag, @Nullable String failure, Duration elapsed, Map<String, Double> figures) {
    public HookOutcome {
        figures = Map.copyOf(figures);
    }

    /// Whether it was carried out.
    public boolean isDone() {
        return failure == null;
    }
}
