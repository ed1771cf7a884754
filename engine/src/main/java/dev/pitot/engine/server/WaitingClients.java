package dev.pitot.engine.server;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Clients that wait for a slot because the limit of tests or streams is reached, or that were refused a
/// moment ago, and the tests that may be evicted for them. Safe for any thread.
final class WaitingClients {
    /// Time for which a refusal counts: more than the interval at which a test checks if it is evicted.
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final NanoClock clock;
    private final Set<EvictionPolicy> tests = ConcurrentHashMap.newKeySet();
    private volatile boolean isKnown;
    private volatile long lastNanos;

    WaitingClients(NanoClock clock) {
        this.clock = clock;
    }

    /// Records a client that found no slot.
    void add() {
        lastNanos = clock.nanoTime();
        isKnown = true;
    }

    /// True if clients wait now.
    boolean isAny() {
        return isKnown && clock.nanoTime() - lastNanos < FRESH_NANOS;
    }

    /// Registers a test that may be evicted from now on. A second call does nothing.
    void register(EvictionPolicy test) {
        tests.add(test);
    }

    /// Removes a test that is over.
    void unregister(EvictionPolicy test) {
        tests.remove(test);
    }

    /// True if any test may be evicted soon.
    ///
    /// @param except the test that asks, or null
    boolean isAnyEvictable(@Nullable EvictionPolicy except) {
        return tests.stream().anyMatch(test -> !test.equals(except) && test.isEvictable());
    }
}
