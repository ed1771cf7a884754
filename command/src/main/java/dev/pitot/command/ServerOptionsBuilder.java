package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.ServerConfig.Lifetime;
import dev.pitot.model.config.ServerPolicy;
import dev.pitot.model.config.ServerPolicy.RateLimit;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.model.unit.UnitScale;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Builder of the options that only a server has: its lifetime and the tests it admits. The model
/// checks every value as it is set. Used by one thread.
final class ServerOptionsBuilder {
    private Lifetime lifetime = Lifetime.UNLIMITED;
    private RateLimit rateLimit = RateLimit.NONE;
    private Duration maxDuration = Duration.ZERO;

    Lifetime lifetime() {
        return lifetime;
    }

    ServerPolicy policy(@Nullable Authorization authorization) {
        return new ServerPolicy(rateLimit, maxDuration, authorization);
    }

    void oneTest() {
        lifetime = new Lifetime(true, lifetime.idle());
    }

    void idleTimeout(Given given) throws UsageException {
        int seconds = NumberArguments.wholeSeconds(given);
        if (seconds < 1) {
            throw new InvalidSettingException(IperfError.IDLE_TIMEOUT);
        }
        lifetime = new Lifetime(lifetime.oneTest(), Duration.ofSeconds(seconds));
    }

    /// `--server-bitrate-limit RATE[/seconds]`. An averaging time applies until another one is given.
    void bitrateLimit(Given given) throws UsageException {
        String value = given.text();
        int slash = value.indexOf('/');
        Duration window =
                slash < 0 ? rateLimit.window() : NumberArguments.seconds(given.part(value.substring(slash + 1)));
        var limit = new RateLimit(Bitrate.UNLIMITED, window); // checks the time first
        String rate = slash < 0 ? value : value.substring(0, slash);
        rateLimit =
                new RateLimit(new Bitrate(NumberArguments.scaled(given.part(rate), UnitScale.DECIMAL)), limit.window());
    }

    /// `--server-max-duration`: 0 means no limit.
    void maxDuration(Given given) throws UsageException {
        maxDuration = Duration.ofSeconds(NumberArguments.wholeSeconds(given));
        policy(null);
    }
}
