package dev.pitot.engine.client;

import dev.pitot.engine.session.Measurement;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits, after a test of so many bytes, until they have arrived. The end of the test is told on
/// another connection and could overtake them; the server would then report fewer bytes than
/// were sent. (iperf's clients run on to the next report tick instead, up to a second.)
final class Delivery {
    /// Without an acknowledgement for so long the rest is in flight for good.
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// The way from the server's kernel into its counters: a fiftieth of the test, so that the
    /// server's own time, which includes it, stays right within 2 % in tests of half a second
    /// and more.
    private static final long READ_SHARE = 50;

    private static final Duration MIN_READ_TIME = Duration.ofMillis(10);
    private static final Duration MAX_READ_TIME = Duration.ofMillis(50);

    private static final long STEP_MILLIS = 1;

    private final List<OpenStream> senders;
    private final long testNanos;
    private final NanoClock clock;

    Delivery(Measurement measurement, NanoClock clock) {
        senders = measurement.streams().stream()
                .filter(open -> open.info().role().isSender())
                .toList();
        testNanos = measurement.countedNanos();
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
            long readNanos = Math.clamp(testNanos / READ_SHARE, MIN_READ_TIME.toNanos(), MAX_READ_TIME.toNanos());
            Thread.sleep(Duration.ofNanos(readNanos));
        }
    }

    /// 0 also where the platform cannot tell; then only the time to read is given.
    private long unacknowledged() {
        return senders.stream().mapToLong(OpenStream::unacknowledgedBytes).sum();
    }
}
