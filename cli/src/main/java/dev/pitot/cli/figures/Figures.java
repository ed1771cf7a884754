package dev.pitot.cli.figures;

import dev.pitot.command.MetricsOptions;
import dev.pitot.command.MetricsOptions.Names.Style;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.file.PrometheusFile;
import dev.pitot.metrics.http.MetricsEndpoint;
import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.metrics.push.PushSink;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The targets of one run's live figures, open from before the test until after its end. Opened
/// and closed by one thread; listeners may call from any.
public final class Figures implements AutoCloseable {
    private final MetricsOptions options;
    private final LiveMetrics live;
    private final Consumer<String> complaints;
    private final List<Supplier<TestListener>> files = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable PushSink push;
    private @Nullable PrometheusFile snapshot;
    private volatile boolean isFileLost;

    private Figures(MetricsOptions options, String version, Consumer<String> complaints) {
        this.options = options;
        this.complaints = complaints;
        live = new LiveMetrics(version, InstantSource.system());
    }

    /// Opens all targets.
    ///
    /// @param version of the program
    /// @param complaints takes sentences for people, from any thread
    /// @throws IOException with a sentence for people behind `error - ` or `parameter error - `,
    ///     if one cannot be opened; none is open then
    public static Figures open(MetricsOptions options, String version, Consumer<String> complaints)
            throws IOException {
        var figures = new Figures(options, version, complaints);
        try {
            figures.openFile();
            figures.openPush();
            figures.openEndpoint();
            return figures;
        } catch (IOException e) {
            figures.close();
            throw new IOException("error - " + e.getMessage(), e);
        } catch (IllegalArgumentException e) { // a value that the command line could not judge
            figures.close();
            throw new IOException("parameter error - " + e.getMessage(), e);
        }
    }

    private void openFile() throws IOException {
        MetricsOptions.File file = options.file();
        if (file == null) {
            return;
        }
        Path path;
        try {
            path = Path.of(file.path());
        } catch (InvalidPathException e) {
            throw new IOException("cannot open " + file.path() + ": " + e.getReason(), e);
        }
        if (file.format() == MetricsOptions.Format.PROMETHEUS) {
            snapshot = PrometheusFile.open(path, Names.format(options.names(), Names.labels(file.labels()), null, live));
            return;
        }
        LineTarget target = LineTarget.open(path, file);
        open.add(target);
        files.add(target::forTest);
    }

    private void openPush() throws IOException {
        MetricsOptions.Push wish = options.push();
        if (wish != null) {
            SnapshotFormat format = Names.format(
                    options.names(), Names.labels(List.of()), wish.pace().window(), live);
            PushSink sink = PushSink.open(Pushing.config(wish, options.names()), format, complaints);
            push = sink;
            open.add(sink);
        }
    }

    private void openEndpoint() throws IOException {
        MetricsOptions.Listen wish = options.listen();
        if (wish == null) {
            return;
        }
        try {
            var address = wish.host().isEmpty()
                    ? new InetSocketAddress(wish.port())
                    : new InetSocketAddress(InetAddress.getByName(wish.host()), wish.port());
            MetricsEndpoint endpoint = MetricsEndpoint.start(address, live);
            open.add(endpoint);
            if (wish.port() == 0) {
                complaints.accept("metrics are at port " + endpoint.port());
            }
        } catch (UnknownHostException e) {
            throw new IOException("cannot serve metrics at " + wish.host() + ": no such address here", e);
        } catch (IOException e) {
            throw new IOException(
                    "cannot serve metrics at " + wish.host() + ":" + wish.port() + ": " + e.getMessage(), e);
        }
    }

    /// What a client tells of its test.
    public List<TestListener> ofTest() {
        List<TestListener> listeners = new ArrayList<>();
        if (needsLive()) {
            listeners.add(chain(live.forTest()));
        }
        files.forEach(file -> listeners.add(guarded(file.get())));
        return listeners;
    }

    /// What a server tells of itself and its tests.
    public List<ServerListener> ofServer() {
        List<ServerListener> listeners = new ArrayList<>();
        if (needsLive()) {
            ServerListener first = live.forServer();
            listeners.add(new TestsOfServer(first::onServerEvent, number -> chain(first.onTest(number))));
        }
        files.forEach(file -> listeners.add(new TestsOfServer(_ -> {}, _ -> guarded(file.get()))));
        return listeners;
    }

    /// Whether a file has not got everything, which has been complained of.
    public boolean isFileLost() {
        return isFileLost;
    }

    private boolean needsLive() {
        return push != null || snapshot != null || options.listen() != null;
    }

    /// What shows the state of all tests comes after what keeps it.
    private TestListener chain(TestListener keeper) {
        List<TestListener> then = new ArrayList<>();
        PushSink pushes = push;
        PrometheusFile file = snapshot;
        if (pushes != null) {
            then.add(pushes.forTest());
        }
        if (file != null) {
            then.add(guarded(file.forTest()));
        }
        boolean showsEnds = options.names().style() == Style.PITOT;
        TestListener end = guarded(_ -> {
            if (file != null) {
                file.write(live.text());
            }
        });
        return event -> {
            keeper.onEvent(event);
            then.forEach(listener -> listener.onEvent(event));
            if (showsEnds && event instanceof TestEvent.Finished) {
                if (pushes != null) {
                    pushes.push(live.text());
                }
                end.onEvent(event);
            }
        };
    }

    /// A file that cannot be written is told of once, and the run goes on to its own end.
    private TestListener guarded(TestListener file) {
        return event -> {
            try {
                file.onEvent(event);
            } catch (UncheckedIOException e) {
                if (!isFileLost) {
                    isFileLost = true;
                    complaints.accept("error - " + e.getCause().getMessage());
                }
            }
        };
    }

    /// Sends what waits, takes away what shall not stay, and frees everything; takes no longer
    /// than a push may, and a few seconds.
    @Override
    public void close() {
        for (AutoCloseable target : open) {
            try {
                target.close();
            } catch (Exception e) { // the sentence of a file that could not be ended; others have none
                isFileLost = true;
                complaints.accept("error - " + e.getMessage());
            }
        }
        open.clear();
    }

    /// A server's listener made of two.
    private record TestsOfServer(Consumer<ServerEvent> events, IntFunction<TestListener> tests)
            implements ServerListener {
        @Override
        public void onServerEvent(ServerEvent event) {
            events.accept(event);
        }

        @Override
        public TestListener onTest(int testNumber) {
            return tests.apply(testNumber);
        }
    }
}
