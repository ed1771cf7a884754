package dev.pitot.message;

import dev.pitot.model.time.NanoClock;

/// Time as links are told it: nanoseconds since the endpoint was made, so that it never
/// overflows, whatever the clock shows. Any thread.
final class RelativeClock {
    private final NanoClock clock;
    private final long begin;

    RelativeClock(NanoClock clock) {
        this.clock = clock;
        begin = clock.nanoTime();
    }

    long now() {
        return clock.nanoTime() - begin;
    }
}
