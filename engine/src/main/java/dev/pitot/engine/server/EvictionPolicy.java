package dev.pitot.engine.server;

import dev.pitot.engine.session.MinimumRateWatchdog;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.TestConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides if a test may be ended because other clients wait for a slot: not while it transfers data, nor
/// while its client takes the next step soon enough. Changed by the session's thread, read by any thread.
final class EvictionPolicy implements AutoCloseable {
    private final WaitingClients waitingClients;
    private volatile boolean isStateEvictable;
    private volatile @Nullable MinimumRateWatchdog watch;

    EvictionPolicy(WaitingClients waitingClients) {
        this.waitingClients = waitingClients;
    }

    /// Records a change of the test's state. A test that is over gives its slot back soon.
    void enter(ServerState state) {
        isStateEvictable = state.isEvictable() || state.end() != null;
        waitingClients.register(this); // not earlier: the registry unregisters it after a session has run
    }

    /// Returns the watchdog for the minimum rate of the test's data.
    MinimumRateWatchdog watch(List<OpenStream> streams, TestConfig test) {
        var minimum = new MinimumRateWatchdog(streams, test, waitingClients::isAny);
        watch = minimum;
        return minimum;
    }

    /// True if the test ends soon while others wait, unless its client makes progress.
    boolean isEvictable() {
        MinimumRateWatchdog minimum = watch;
        return isStateEvictable || (minimum != null && minimum.isBelow());
    }

    /// Ends the policy: the test has given its slot back. Not earlier: until then others may wait for it.
    @Override
    public void close() {
        waitingClients.unregister(this);
    }
}
