package dev.pitot.lab.process;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks again and again: soon at first, then less often, until patience is over. Used by one
/// thread.
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

    /// How long patience still lasts; zero or less when it is over.
    Duration remaining() {
        return timeout.minusNanos(clock.nanoTime() - startNanos);
    }

    /// How long it lasted until now.
    Duration sinceStart() {
        return Duration.ofNanos(clock.nanoTime() - startNanos);
    }

    /// Waits a while.
    ///
    /// @return whether to look again: false at once when patience is over
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
