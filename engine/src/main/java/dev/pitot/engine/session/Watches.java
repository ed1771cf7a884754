package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import java.time.Duration;
import java.util.List;

/// What each end looks after while a test runs.
public final class Watches {
    private Watches() {}

    /// Of a client: that something arrives, that a test which ends with its data gets rid of them,
    /// and that a test of so many datagrams ends.
    ///
    /// @param timeout how long nothing may move
    public static List<Watch> ofClient(List<OpenStream> streams, TestConfig test, LimitWatch limits, Duration timeout) {
        return List.of(
                new StallWatch(streams, timeout, limits.endsWithData()), SilenceWatch.of(streams, test, limits.goal()));
    }

    /// Of a server: that something moves, not too much, and not too long.
    ///
    /// @param minimum that it is not too little
    public static List<Watch> ofServer(List<OpenStream> streams, ServerConfig server, MinimumRateWatch minimum) {
        return List.of(
                minimum,
                new StallWatch(streams, server.timeouts().receive(), true),
                new RateWatch(streams, server.policy().rateLimit()),
                new DurationWatch(server.policy().maxDuration()));
    }
}
