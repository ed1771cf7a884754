package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.ServerPolicy;
import dev.pitot.model.config.TestConfig;
import java.time.Duration;
import java.util.List;

/// Factory of the watchdogs of each end.
public final class Watchdogs {
    /// Longer than a rehearsal.
    private static final Duration REHEARSAL_TIMEOUT = Duration.ofMinutes(1);

    private Watchdogs() {}

    /// Returns the watchdogs of a client: data arrives, a test limited by data can send it, and a limited
    /// datagram test ends.
    ///
    /// @param timeout time after which a stalled transfer is reported
    /// @param other one more
    public static List<Watchdog> ofClient(
            List<OpenStream> streams, TestConfig test, TransferLimit limits, Duration timeout, Watchdog other) {
        return List.of(
                new StallWatchdog(streams, timeout, limits.endsWithData()),
                SilenceWatchdog.of(streams, test, limits.target()),
                other);
    }

    /// Returns the watchdogs of a server: the test transfers data, within the rate limit and the maximum
    /// duration.
    ///
    /// @param minimum the watchdog for the minimum rate
    public static List<Watchdog> ofServer(List<OpenStream> streams, ServerConfig server, MinimumRateWatchdog minimum) {
        return List.of(
                minimum,
                new StallWatchdog(streams, server.timeouts().receive(), true),
                new RateLimitWatchdog(streams, server.policy().rateLimit()),
                new DurationWatchdog(server.policy().maxDuration()));
    }

    /// Returns watchdogs of both ends for a rehearsal, which never gives them a reason for an alarm.
    static List<Watchdog> ofRehearsal(List<OpenStream> streams, TestConfig test, TransferLimit limits) {
        return List.of(
                new StallWatchdog(streams, REHEARSAL_TIMEOUT, true),
                SilenceWatchdog.of(streams, test, limits.target()),
                new MinimumRateWatchdog(streams, test, () -> false),
                new RateLimitWatchdog(streams, ServerPolicy.RateLimit.NONE),
                new DurationWatchdog(REHEARSAL_TIMEOUT));
    }
}
