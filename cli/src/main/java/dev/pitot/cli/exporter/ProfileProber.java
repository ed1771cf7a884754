package dev.pitot.cli.exporter;

import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.ClientRun;
import dev.pitot.metrics.http.ProbeTarget;
import dev.pitot.metrics.http.Prober;
import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Runs a profile's test against a target. Safe for any thread.
///
/// @param profiles by name, without a server
/// @param metrics count the tests of all probes
/// @param complaints receives messages for users, from any thread
record ProfileProber(Map<String, ClientBuilder> profiles, LiveMetrics metrics, Consumer<String> complaints)
        implements Prober {
    @Override
    public Outcome probe(ProbeTarget target, String profile, Duration deadline, TestListener listener)
            throws IOException, InterruptedException {
        ClientBuilder client = Objects.requireNonNull(profiles.get(profile), profile)
                .server(new Endpoint(target.host(), target.port()))
                .listener(listener)
                .listener(metrics.forTest());
        try (ClientRun run = client.start()) {
            return outcome(run);
        } catch (IllegalArgumentException e) { // this system's sockets do not support an option of the profile
            complaints.accept("profile " + profile + ": " + e.getMessage());
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Waits for the end of the test. An interrupt means that the deadline has passed, and cancels the
    /// test.
    private static Outcome outcome(ClientRun run) throws InterruptedException {
        try {
            return run.await();
        } catch (InterruptedException _) { // the deadline: the results so far still count
            run.cancel("the scrape's deadline has passed");
            return run.await();
        }
    }
}
