package dev.pitot.cli.run;

import dev.pitot.model.result.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Limit of reports of tests that ended before both ends agreed on them: one per kind of ending in ten
/// seconds. The server's own lines count the others. Safe for any thread.
final class RefusalLimit {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int MAX_KINDS = 32; // an ending may contain an error's text

    private final InstantSource clock;
    private final Map<Ending, Instant> shown = new HashMap<>();

    RefusalLimit(InstantSource clock) {
        this.clock = clock;
    }

    /// True if such a test is to be printed. One that was stopped here always is.
    synchronized boolean admits(Ending ending) {
        if (ending instanceof Ending.Cancelled) {
            return true;
        }
        Instant now = clock.instant();
        // A time in the future was recorded before the clock was set back.
        shown.values().removeIf(time -> time.isAfter(now) || !now.isBefore(time.plus(PERIOD)));
        return shown.size() < MAX_KINDS && shown.putIfAbsent(ending, now) == null;
    }
}
