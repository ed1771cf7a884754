package dev.pitot.lab.process;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The pauses of a repeated query: short at first, then longer, until a timeout. Used by one thread.
final class Backoff {
    private static final Duration SLOWEST = Duration.ofMillis(500);

    private final NanoClock clock;
    private final long startNanos;
    private final Duration timeout;
    private Duration pause;

    Backoff(NanoClock clock, Duration firstPause, Duration timeout) {
        this.clock = clock;
        this.startNanos = clock.nanoTime();
        this.timeout = timeout;
        this.pause = firstPause;
    }

    /// The time left; zero or less after the timeout.
    Duration remaining() {
        return timeout.minusNanos(clock.nanoTime() - startNanos);
    }

    /// The time since the start.
    Duration sinceStart() {
        return Duration.ofNanos(clock.nanoTime() - startNanos);
    }

    /// Waits a while.
    ///
    /// @return whether to query again: false at once after the timeout
    boolean await() throws InterruptedException {
        return await(new CountDownLatch(1));
    }

    /// Waits a while, or until the latch opens.
    boolean await(CountDownLatch latch) throws InterruptedException {
        Duration rest = remaining();
        if (rest.isNegative() || rest.isZero()) {
            return false;
        }
        Duration wait = rest.compareTo(pause) < 0 ? rest : pause;
        pause = pause.multipliedBy(3).dividedBy(2);
        if (pause.compareTo(SLOWEST) > 0) {
            pause = SLOWEST;
        }
        boolean opened = latch.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        return opened || !remaining().isNegative();
    }
}
