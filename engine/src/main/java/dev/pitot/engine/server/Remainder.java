package dev.pitot.engine.server;

import dev.pitot.engine.session.LimitWatch;
import dev.pitot.engine.session.Measurement;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.time.NanoClock;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What a client of so many bytes has sent and this end has not received yet when the end of the
/// test is told: that comes on another connection and may overtake data.
final class Remainder {
    /// Without a new byte for so long the rest is not coming.
    private static final long GIVE_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /// Whatever still trickles in after that is not what was in flight.
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long STEP_MILLIS = 1;

    private Remainder() {}

    /// @param isUnwanted whether the test has been cancelled meanwhile
    static void await(Measurement measurement, TestConfig config, NanoClock clock, BooleanSupplier isUnwanted)
            throws InterruptedException {
        Long wanted = LimitWatch.limitBytes(config);
        boolean isOfBytes = !config.protocol().isDatagram(); // a client's results tell how many datagrams there were
        // Both ends end the warm-up by their own clocks: with one, this end does not know how much is to come.
        boolean hasWarmUp = !config.omit().isZero();
        if (wanted == null || !isOfBytes || !config.hasClientSenders() || hasWarmUp) {
            return;
        }
        long received = measurement.countedBytes(StreamRole.RECEIVER);
        long progressNanos = clock.nanoTime();
        long startNanos = progressNanos;
        while (received < wanted
                && !isUnwanted.getAsBoolean()
                && clock.nanoTime() - progressNanos < GIVE_UP_NANOS
                && clock.nanoTime() - startNanos < MAX_NANOS) {
            Thread.sleep(STEP_MILLIS);
            long now = measurement.countedBytes(StreamRole.RECEIVER);
            if (now > received) {
                progressNanos = clock.nanoTime();
                received = now;
            }
        }
    }
}
