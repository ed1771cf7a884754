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

/// Runs a profile's test against a target. Any number of threads may call it.
///
/// @param profiles by name, without a server of their own
/// @param metrics count the tests of all probes
/// @param complaints takes sentences for people, from any thread
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
        } catch (IllegalArgumentException e) { // this system's sockets cannot do what the profile asks for
            complaints.accept("profile " + profile + ": " + e.getMessage());
            throw new IOException(e.getMessage(), e);
        }
    }

    /// The test's end. An interruption, which is the passing of the deadline, brings it about.
    private static Outcome outcome(ClientRun run) throws InterruptedException {
        try {
            return run.await();
        } catch (InterruptedException _) { // the deadline: what was measured until then still counts
            run.cancel("the time of the scrape is up");
            return run.await();
        }
    }
}
