package dev.pitot.cli.run;

import dev.pitot.model.result.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Limit of how often a report is printed of a test that ended before the ends agreed on it: for
/// each way to end once in ten seconds. The server's own lines count the others. Safe for any
/// thread.
final class RefusalLimit {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int MAX_KINDS = 32; // an ending may have an error's text in it

    private final InstantSource clock;
    private final Map<Ending, Instant> shown = new HashMap<>();

    RefusalLimit(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether such a test is to be printed. One that was stopped here always is.
    synchronized boolean admits(Ending ending) {
        if (ending instanceof Ending.Cancelled) {
            return true;
        }
        Instant now = clock.instant();
        // A time to come is one that was there before somebody set the clock back.
        shown.values().removeIf(time -> time.isAfter(now) || !now.isBefore(time.plus(PERIOD)));
        return shown.size() < MAX_KINDS && shown.putIfAbsent(ending, now) == null;
    }
}
