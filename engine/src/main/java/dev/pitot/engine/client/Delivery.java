package dev.pitot.engine.client;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits, after a test of so many bytes, until they have arrived. The end of the test is told on
/// another connection and could overtake them; the server would then report fewer bytes than
/// were sent. (iperf's clients wait for the next report tick.)
final class Delivery {
    /// Without an acknowledgement for so long the rest is in flight for good.
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// From the server's kernel into the server's counters. iperf3 reads in a tight loop.
    private static final Duration READ_TIME = Duration.ofMillis(50);

    private static final long STEP_MILLIS = 2;

    private final List<OpenStream> senders;
    private final NanoClock clock;

    Delivery(List<OpenStream> streams, NanoClock clock) {
        senders = streams.stream().filter(open -> open.info().role().isSender()).toList();
        this.clock = clock;
    }

    void await(BooleanSupplier isUnwanted) throws InterruptedException {
        if (senders.isEmpty()) {
            return;
        }
        long left = unacknowledged();
        long progressNanos = clock.nanoTime();
        while (left > 0 && !isUnwanted.getAsBoolean() && clock.nanoTime() - progressNanos < GIVE_UP_NANOS) {
            Thread.sleep(STEP_MILLIS);
            long now = unacknowledged();
            if (now < left) {
                progressNanos = clock.nanoTime();
                left = now;
            }
        }
        if (!isUnwanted.getAsBoolean()) {
            Thread.sleep(READ_TIME);
        }
    }

    /// 0 also where the platform cannot tell; then only the time to read is given.
    private long unacknowledged() {
        return senders.stream()
                .mapToLong(open -> Math.max(0, open.connection().unacknowledgedBytes()))
                .sum();
    }
}
