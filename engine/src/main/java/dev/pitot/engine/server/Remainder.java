package dev.pitot.engine.server;

import dev.pitot.engine.session.LimitWatch;
import dev.pitot.engine.session.Measurement;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.time.NanoClock;
import java.util.concurrent.TimeUnit;

/// What a client of so many bytes has sent and this end has not received yet when the end of the
/// test is told: that comes on another connection and may overtake data.
final class Remainder {
    /// Without a new byte for so long the rest is not coming.
    private static final long GIVE_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long STEP_MILLIS = 1;

    private Remainder() {}

    static void await(Measurement measurement, TestConfig config, NanoClock clock) throws InterruptedException {
        Long wanted = LimitWatch.limitBytes(config);
        // Both ends end the warm-up by their own clocks: with one, this end does not know how
        // much is to come.
        if (wanted == null || !config.hasClientSenders() || !config.omit().isZero()) {
            return;
        }
        long received = measurement.countedBytes(StreamRole.RECEIVER);
        long progressNanos = clock.nanoTime();
        while (received < wanted && clock.nanoTime() - progressNanos < GIVE_UP_NANOS) {
            Thread.sleep(STEP_MILLIS);
            long now = measurement.countedBytes(StreamRole.RECEIVER);
            if (now > received) {
                progressNanos = clock.nanoTime();
                received = now;
            }
        }
    }
}
