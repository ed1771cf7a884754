package dev.pitot.engine.session;

import dev.pitot.model.error.IperfError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ends a test that goes on although its server allows no longer ones (`--server-max-duration`):
/// its client has promised to end it earlier. Belongs to the session's thread.
final class DurationWatch implements Watch {
    /// For the client's word to arrive.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private final Duration longest;
    private long startNanos;

    /// @param longest allowed, warm-up included; ZERO for any
    DurationWatch(Duration longest) {
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
