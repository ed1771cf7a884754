package dev.pitot.engine.server;

import dev.pitot.engine.session.MinimumRateWatch;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.time.NanoClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hold that one test has on its place: firm while it moves data, and while its client takes
/// the next step soon enough. The session's thread changes it, any thread may ask.
final class PlaceTenure {
    private final PlaceDemand demand;
    private final NanoClock clock;
    private volatile boolean mayBeHurried;
    private volatile @Nullable MinimumRateWatch watch;

    PlaceTenure(PlaceDemand demand, NanoClock clock) {
        this.demand = demand;
        this.clock = clock;
    }

    /// Whether others wait for a place.
    boolean isPlaceWanted() {
        return demand.isFresh(clock.nanoTime());
    }

    /// The test is in another state.
    void enter(ServerState state) {
        mayBeHurried = state.patienceWhileOthersWait() != null;
    }

    /// The watch over a test whose data is about to flow.
    MinimumRateWatch watch(List<OpenStream> streams, TestConfig test) {
        var minimum = new MinimumRateWatch(streams, test, demand::isFresh);
        watch = minimum;
        return minimum;
    }

    /// Whether the test ends soon if others wait, unless its client moves.
    boolean mayGiveWay() {
        MinimumRateWatch minimum = watch;
        return mayBeHurried || (minimum != null && minimum.isBelow());
    }
}
