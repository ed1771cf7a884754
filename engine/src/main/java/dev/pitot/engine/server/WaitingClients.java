package dev.pitot.engine.server;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The clients that wait for a place because as many tests or streams run as may, or that were refused one a
/// moment ago, and the tests that may have to end for them. Safe for any thread.
final class WaitingClients {
    /// How long a refusal counts: a test that is to end for others looks more often.
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final NanoClock clock;
    private final Set<EvictionPolicy> tests = ConcurrentHashMap.newKeySet();
    private volatile boolean isKnown;
    private volatile long lastNanos;

    WaitingClients(NanoClock clock) {
        this.clock = clock;
    }

    /// A client has found no place.
    void add() {
        lastNanos = clock.nanoTime();
        isKnown = true;
    }

    /// Whether there are any now.
    boolean isAny() {
        return isKnown && clock.nanoTime() - lastNanos < FRESH_NANOS;
    }

    /// A test may have to end for others from now on. Does nothing the second time.
    void register(EvictionPolicy test) {
        tests.add(test);
    }

    /// A test is over.
    void unregister(EvictionPolicy test) {
        tests.remove(test);
    }

    /// Whether a test may end soon for others.
    ///
    /// @param except the one that asks, or null
    boolean isAnyEvictable(@Nullable EvictionPolicy except) {
        return tests.stream().anyMatch(test -> !test.equals(except) && test.isEvictable());
    }
}
