package dev.pitot.metrics.prometheus;

import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.TestRole;
import io.prometheus.metrics.core.metrics.Info;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Prometheus metrics of any number of client and server tests. Names, units and labels are listed
/// in docs/metrics.md.
///
/// Counters grow with each interval, without warm-up; at the end of a test they are raised to the
/// totals of its report. Gauges of running tests show the last interval, including warm-up: for
/// tests with the same labels throughput is added up, all other values are the mean; they disappear
/// when the last such test ends. Unknown values are absent, never 0. No label contains a peer, a
/// port or a cookie, so that peers cannot increase the number of series.
///
/// Uses its own registry. Thread-safe.
public final class LiveMetrics implements SnapshotFormat.State {
    private static final Set<String> OWN_LABELS =
            Set.of("role", "direction", "protocol", "result", "outcome", "error", "version", "java");

    private final OutcomeCounters counters;
    private final TestMetricsListener.Sinks sinks;
    private final Exposition exposition;
    private final AtomicInteger starting = new AtomicInteger(); // servers that do not listen yet

    /// Creates empty metrics with the system clock, without labels and without `pitot_build_info`,
    /// which needs the program's version.
    public LiveMetrics() {
        this(null, InstantSource.system(), LabelSet.NONE);
    }

    /// Creates empty metrics.
    ///
    /// @param version version of the program, for `pitot_build_info`
    /// @param clock source of the time at which a test completed
    public LiveMetrics(String version, InstantSource clock) {
        this(version, clock, LabelSet.NONE);
    }

    /// Creates empty metrics with labels on every series.
    ///
    /// @param version version of the program, for `pitot_build_info`; null omits that metric
    /// @param labels labels without empty values and without names that the metrics use themselves
    /// @throws IllegalArgumentException if a label has an empty value or a reserved name
    public LiveMetrics(@Nullable String version, InstantSource clock, LabelSet labels) {
        refuseOwn(labels);
        var registry = LabelledRegistry.with(labels.withoutEmptyValues());
        var running = new RunningTests();
        counters = new OutcomeCounters(registry);
        sinks = new TestMetricsListener.Sinks(counters, running, new LastTests(registry), clock);
        LiveGauges.register(running, registry);
        if (version != null) {
            Info.builder()
                    .name("pitot_build_info")
                    .help("Version of the program and of its Java runtime.")
                    .labelNames("version", "java")
                    .constLabels(registry.labels())
                    .register(registry.registry())
                    .setLabelValues(version, Runtime.version().toString());
        }
        exposition = new Exposition(registry.registry());
    }

    /// Returns these metrics, with Pitot's names, as a format for a sink, for example
    /// [dev.pitot.metrics.push.PushSink]. The sink's listeners pass the events on to these metrics,
    /// so a test needs no other listener for them.
    public SnapshotFormat format() {
        return SnapshotFormat.of(this);
    }

    /// Rejects labels that would override labels of a series, as a Pushgateway does with the labels
    /// of a group.
    ///
    /// @throws IllegalArgumentException if a metric uses one of the labels itself
    public static void refuseOwn(LabelSet labels) {
        for (LabelSet.Label label : labels.labels()) {
            if (OWN_LABELS.contains(label.name())) {
                throw new IllegalArgumentException("the label '" + label.name()
                        + "' is one of the metrics' own: give yours another name, such as 'my_" + label.name() + "'");
            }
        }
    }

    /// Returns a listener for one test that this process runs as a client.
    @Override
    public TestListener forTest() {
        return new TestMetricsListener(TestRole.CLIENT, sinks);
    }

    /// Returns a listener for a server: all its tests, and connections that did not become a test.
    @Override
    public ServerListener forServer() {
        return new ServerFeed();
    }

    /// True if every server that [#forServer()] was called for is listening, so that clients can
    /// connect. Always true without a server.
    public boolean isReady() {
        return starting.get() == 0;
    }

    /// Returns all metrics in Prometheus text format, version 0.0.4.
    @Override
    public String text() {
        return exposition.text();
    }

    /// Returns all metrics in the format that the client requests.
    ///
    /// @param accept the request's `Accept` header; null if there is none
    public Page page(@Nullable String accept) {
        return exposition.page(accept);
    }

    private final class ServerFeed implements ServerListener {
        private final AtomicBoolean isStarting = new AtomicBoolean(true);

        ServerFeed() {
            starting.incrementAndGet();
        }

        @Override
        public void onServerEvent(ServerEvent event) {
            switch (event) {
                case ServerEvent.ConnectionDropped(String _, long count, Throwable _) -> counters.addDropped(count);
                case ServerEvent.Listening _ -> {
                    if (isStarting.getAndSet(false)) {
                        starting.decrementAndGet();
                    }
                }
                case ServerEvent.TestRefused _ -> {} // a refused test is counted as a test
            }
        }

        @Override
        public TestListener onTest(int testNumber) {
            return new TestMetricsListener(TestRole.SERVER, sinks);
        }
    }
}
