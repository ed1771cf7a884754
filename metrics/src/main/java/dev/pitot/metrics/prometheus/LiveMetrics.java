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

/// What any number of tests measure, as client and as server, kept as metrics of Prometheus'
/// kind. Names, units and labels are listed in docs/metrics.md.
///
/// Counters grow with each interval and leave out warm-up; at its end a test adds what its report
/// has more of. Gauges of running tests show the last interval, warm-up too: of tests with the
/// same labels, throughput is added up and everything else is the mean; when the last such test
/// ends they are gone. What is not known is absent, never 0. No label tells a peer, a port or a
/// cookie, so the number of series is bounded whoever connects.
///
/// Has a registry of its own. Any thread may call it.
public final class LiveMetrics implements SnapshotFormat.State {
    private static final Set<String> OWN_LABELS =
            Set.of("role", "direction", "protocol", "result", "outcome", "error", "version", "java");

    private final Counters counters;
    private final TestFeed.Sinks sinks;
    private final Exposition exposition;
    private final AtomicInteger starting = new AtomicInteger(); // servers that do not listen yet

    /// Metrics of which nothing is counted yet, by the system's clock, without labels and without
    /// `pitot_build_info`, for which a program has to say its version.
    public LiveMetrics() {
        this(null, InstantSource.system(), LabelSet.NONE);
    }

    /// Metrics of which nothing is counted yet.
    ///
    /// @param version of the program, for `pitot_build_info`
    /// @param clock tells when a test completed
    public LiveMetrics(String version, InstantSource clock) {
        this(version, clock, LabelSet.NONE);
    }

    /// The same with labels on every series.
    ///
    /// @param version of the program, for `pitot_build_info`; null leaves that metric out
    /// @param labels none of them empty, none with a name that a metric has for itself
    /// @throws IllegalArgumentException with a sentence, if one is
    public LiveMetrics(@Nullable String version, InstantSource clock, LabelSet labels) {
        refuseOwn(labels);
        var registry = Registration.with(labels.withoutEmptyValues());
        var running = new RunningTests();
        counters = new Counters(registry);
        sinks = new TestFeed.Sinks(counters, running, new LastTests(registry), clock);
        LiveGauges.register(running, registry);
        if (version != null) {
            Info.builder()
                    .name("pitot_build_info")
                    .help("The program, and the Java that runs it.")
                    .labelNames("version", "java")
                    .constLabels(registry.labels())
                    .register(registry.registry())
                    .setLabelValues(version, Runtime.version().toString());
        }
        exposition = new Exposition(registry.registry());
    }

    /// These metrics as texts for a sink, for example [dev.pitot.metrics.push.PushSink]: Pitot's own
    /// names. The sink's listeners pass the events on to these metrics, so a test needs no other
    /// listener for them.
    public SnapshotFormat format() {
        return SnapshotFormat.of(this);
    }

    /// Refuses labels that must not be put over those of the series, as a Pushgateway does with
    /// the labels of a group.
    ///
    /// @throws IllegalArgumentException with a sentence, if a metric has one for itself
    public static void refuseOwn(LabelSet labels) {
        for (LabelSet.Label label : labels.labels()) {
            if (OWN_LABELS.contains(label.name())) {
                throw new IllegalArgumentException("the label '" + label.name()
                        + "' is one of the metrics' own: give yours another name, such as 'my_" + label.name() + "'");
            }
        }
    }

    /// A listener for one test that this process runs as a client.
    @Override
    public TestListener forTest() {
        return new TestFeed(TestRole.CLIENT, sinks);
    }

    /// A listener for a server: for all of its tests, and for connections that become none.
    @Override
    public ServerListener forServer() {
        return new ServerFeed();
    }

    /// Whether every server that [#forServer()] was called for listens, so that clients can be sent to it.
    /// Without a server it is true.
    public boolean isReady() {
        return starting.get() == 0;
    }

    /// All metrics in Prometheus' text format, version 0.0.4.
    @Override
    public String text() {
        return exposition.text();
    }

    /// All metrics in the format that a reader asks for.
    ///
    /// @param accept the header `Accept` of a request, or null if it has none
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
            return new TestFeed(TestRole.SERVER, sinks);
        }
    }
}
