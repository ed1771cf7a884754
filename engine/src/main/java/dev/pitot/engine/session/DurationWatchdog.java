package dev.pitot.engine.session;

import dev.pitot.model.error.IperfError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Watchdog for a test that exceeds the server's limit (`--server-max-duration`), although its client
/// agreed to end it earlier. Belongs to the session's thread.
final class DurationWatchdog implements Watchdog {
    /// Extra time for the client's end message to arrive.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private final Duration longest;
    private long startNanos;

    /// @param longest limit, warm-up included; ZERO for none
    DurationWatchdog(Duration longest) {
        this.longest = longest;
    }

    @Override
    public void start(long nowNanos) {
        startNanos = nowNanos;
    }

    @Override
    public long nanosBetweenLooks() {
        return longest.isZero() ? Long.MAX_VALUE : LOOK_NANOS;
    }

    @Override
    public @Nullable Event look(long nowNanos) {
        boolean isOver =
                !longest.isZero() && nowNanos - startNanos > longest.plus(GRACE).toNanos();
        return isOver ? new Event.Stalled(IperfError.SERVER_EXPIRED, "longer than the server permits") : null;
    }
}
