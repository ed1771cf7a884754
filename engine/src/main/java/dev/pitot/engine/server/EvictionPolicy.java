package dev.pitot.engine.server;

import dev.pitot.engine.session.MinimumRateWatch;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.TestConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a test may be ended because other clients wait for a place: not while it moves data, nor
/// while its client takes the next step soon enough. The session's thread changes it, any thread
/// may ask.
final class EvictionPolicy implements AutoCloseable {
    private final WaitingClients waitingClients;
    private volatile boolean isStateEvictable;
    private volatile @Nullable MinimumRateWatch watch;

    EvictionPolicy(WaitingClients waitingClients) {
        this.waitingClients = waitingClients;
    }

    /// The test is in another state.
    void enter(ServerState state) {
        isStateEvictable = state.isEvictable();
        waitingClients.register(this); // not before the session runs, which unregisters it in any case
    }

    /// The watch over a test whose data is about to flow.
    MinimumRateWatch watch(List<OpenStream> streams, TestConfig test) {
        var minimum = new MinimumRateWatch(streams, test, waitingClients::isAny);
        watch = minimum;
        return minimum;
    }

    /// Whether the test ends soon if others wait, unless its client moves.
    boolean isEvictable() {
        MinimumRateWatch minimum = watch;
        return isStateEvictable || (minimum != null && minimum.isBelow());
    }

    /// The test is over.
    @Override
    public void close() {
        waitingClients.unregister(this);
    }
}
