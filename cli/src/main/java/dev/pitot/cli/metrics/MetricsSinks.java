package dev.pitot.cli.metrics;

import dev.pitot.command.MetricsOptions;
import dev.pitot.command.MetricsOptions.Names.Style;
import dev.pitot.engine.ListenerStatus;
import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.file.PrometheusFile;
import dev.pitot.metrics.http.MetricsEndpoint;
import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.metrics.push.PushConfig;
import dev.pitot.metrics.push.PushSink;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.text.SystemPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Metrics targets of one run, open from before the test until after its end. Opened and closed by one
/// thread.
public final class MetricsSinks implements AutoCloseable {
    private final MetricsOptions options;
    private final String version;
    private final MetricsErrors metricsErrors;
    private final List<MetricsSink> sinks = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    private MetricsSinks(MetricsOptions options, String version, MetricsErrors metricsErrors) {
        this.options = options;
        this.version = version;
        this.metricsErrors = metricsErrors;
    }

    /// Opens all targets.
    ///
    /// @param version of the program
    /// @param complaints receives messages for users, from any thread
    /// @throws IOException with a message to follow `error - ` or `parameter error - `, if one cannot
    ///     be opened; then none is left open
    public static MetricsSinks open(MetricsOptions options, String version, Consumer<String> complaints)
            throws IOException {
        var sinks = new MetricsSinks(options, version, new MetricsErrors(complaints));
        try {
            sinks.openAll();
            return sinks;
        } catch (IOException e) {
            sinks.close();
            throw new IOException("error - " + e.getMessage(), e);
        } catch (IllegalArgumentException e) { // a value that the command line does not check
            sinks.close();
            throw new IOException("parameter error - " + e.getMessage(), e);
        }
    }

    /// Ordered so that a failure leaves no traces: values are checked before the port is opened, the
    /// port before a file is created, the file before a group that others pushed could be deleted.
    private void openAll() throws IOException {
        MetricsOptions.Push push = options.push();
        PushConfig pushing = push == null ? null : PushConfigFactory.config(push, options.names(), version);
        SnapshotFormat pushed = push == null
                ? null
                : snapshots(LabelSet.NONE, push.pace().window()); // the group's labels are in its address
        MetricsOptions.File file = options.file();
        LabelSet labels = file == null ? LabelSet.NONE : MetricNaming.labels(file.labels());
        SnapshotFormat filed =
                file == null || file.format() != MetricsOptions.Format.PROMETHEUS ? null : snapshots(labels, null);
        MetricsEndpoint endpoint = openEndpoint();
        if (file != null) {
            openFile(file, filed);
        }
        if (pushing != null && pushed != null) {
            openPush(pushing, pushed);
        }
        MetricsOptions.Listen listen = options.listen();
        if (endpoint != null && listen != null && listen.port() == 0) {
            metricsErrors.tell("metrics are served at port " + endpoint.port());
        }
    }

    /// @throws IllegalArgumentException with a message for users, if prefix, labels or length are
    ///     invalid
    private SnapshotFormat snapshots(LabelSet labels, @Nullable Duration window) {
        LiveMetrics live = live(hasOwnNames() ? labels : LabelSet.NONE);
        return MetricNaming.format(options.names(), labels, window, live);
    }

    private void openFile(MetricsOptions.File file, @Nullable SnapshotFormat format) throws IOException {
        Path path;
        try {
            path = SystemPath.of(file.path());
        } catch (InvalidPathException e) {
            throw new IOException("cannot open " + file.path() + ": " + e.getReason(), e);
        }
        if (format == null) {
            LineFileSink target = LineFileSink.open(path, file);
            open.add(target);
            sinks.add(new MetricsSink.Lines(target, metricsErrors));
            return;
        }
        var snapshot = PrometheusFile.open(path, format);
        sinks.add(new MetricsSink.Snapshots(snapshot::forTest, snapshot.forServer(), metricsErrors));
    }

    private void openPush(PushConfig config, SnapshotFormat format) {
        var sink = PushSink.open(config, format, metricsErrors::tell);
        open.add(sink);
        sinks.add(new MetricsSink.Snapshots(sink::forTest, sink.forServer(), metricsErrors));
    }

    private @Nullable MetricsEndpoint openEndpoint() throws IOException {
        MetricsOptions.Listen listen = options.listen();
        if (listen == null) {
            return null;
        }
        LiveMetrics live = live(LabelSet.NONE);
        try {
            var address = listen.host().isEmpty()
                    ? new InetSocketAddress(listen.port())
                    : new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port());
            MetricsEndpoint endpoint = MetricsEndpoint.start(address, live);
            open.add(endpoint);
            sinks.add(new MetricsSink.Page(live));
            return endpoint;
        } catch (UnknownHostException e) {
            throw new IOException("cannot serve metrics at " + listen.host() + ": no such address", e);
        } catch (IOException e) {
            throw new IOException(
                    "cannot serve metrics at " + listen.host() + ":" + listen.port() + ": " + e.getMessage(), e);
        }
    }

    /// Separate metrics for each target, so that none waits for another.
    private LiveMetrics live(LabelSet labels) {
        return new LiveMetrics(version, InstantSource.system(), labels);
    }

    private boolean hasOwnNames() {
        return options.names().style() == Style.PITOT;
    }

    /// Listeners for a client's test against a server, one per target.
    public List<TestListener> ofTest(Endpoint server) {
        return sinks.stream().map(sink -> sink.ofTest(server)).toList();
    }

    /// Listeners for a server and its tests, one per target.
    public List<ServerListener> ofServer() {
        return sinks.stream().map(MetricsSink::ofServer).toList();
    }

    /// Reports metrics that were lost, once the tests are over.
    ///
    /// @param listenerStatuses of the listeners that this object created
    public void reportLosses(List<ListenerStatus> listenerStatuses) throws InterruptedException {
        for (ListenerStatus listenerStatus : listenerStatuses) {
            if (!listenerStatus.await(Duration.ZERO)) {
                open.removeIf(LineFileSink.class::isInstance); // its lock is held while a line is written
                metricsErrors.lost("a target of live metrics does not respond: the metrics are incomplete");
            }
            Throwable failure = listenerStatus.failure();
            if (failure != null) {
                metricsErrors.lost("the live metrics are incomplete: " + failure);
            }
            if (listenerStatus.droppedEvents() > 0) {
                metricsErrors.lost("a target of live metrics is too slow: " + listenerStatus.droppedEvents()
                        + " events are missing");
            }
        }
    }

    /// True if metrics were lost, which has been reported.
    public boolean isLost() {
        return metricsErrors.isLost();
    }

    /// Sends what is pending, deletes the pushed group if requested, and releases everything. Takes at
    /// most the timeout of one push and a few seconds.
    @Override
    public void close() {
        for (AutoCloseable target : open) {
            try {
                target.close();
            } catch (Exception e) { // a file that could not be flushed; other targets throw nothing
                metricsErrors.lost(String.valueOf(e.getMessage()));
            }
        }
        open.clear();
    }
}
