package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import java.time.Duration;
import java.util.List;

/// Factory of the watchdogs of each end.
public final class Watches {
    private Watches() {}

    /// Returns the watchdogs of a client: data arrives, a test limited by data can send it, and a limited
    /// datagram test ends.
    ///
    /// @param timeout time after which a stalled transfer is reported
    public static List<Watch> ofClient(List<OpenStream> streams, TestConfig test, LimitWatch limits, Duration timeout) {
        return List.of(
                new StallWatch(streams, timeout, limits.endsWithData()), SilenceWatch.of(streams, test, limits.goal()));
    }

    /// Returns the watchdogs of a server: the test transfers data, within the rate limit and the maximum
    /// duration.
    ///
    /// @param minimum the watchdog for the minimum rate
    public static List<Watch> ofServer(List<OpenStream> streams, ServerConfig server, MinimumRateWatch minimum) {
        return List.of(
                minimum,
                new StallWatch(streams, server.timeouts().receive(), true),
                new RateWatch(streams, server.policy().rateLimit()),
                new DurationWatch(server.policy().maxDuration()));
    }
}
