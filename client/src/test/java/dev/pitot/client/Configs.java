package dev.pitot.client;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Short tests against this machine.
final class Configs {
    private Configs() {}

    /// Returns a test of the given length, reported every 100 ms.
    static ClientConfig lasting(int port, Duration length) {
        return of(
                port, TestConfig.builder().limit(new Limit.ForDuration(length)).build(), null);
    }

    /// Returns a test of 300 ms, reported every 100 ms.
    static ClientConfig brief(int port) {
        return lasting(port, Duration.ofMillis(300));
    }

    static ClientConfig of(int port, TestConfig test, @Nullable Credentials credentials) {
        return new ClientConfig(
                new Endpoint("127.0.0.1", port),
                test,
                LocalBinding.ANY,
                Timeouts.DEFAULT,
                new ReportInterval(Duration.ofMillis(100)),
                credentials);
    }
}
