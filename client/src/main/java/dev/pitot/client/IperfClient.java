package dev.pitot.client;

import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.Iperf;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.result.Interval;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Client that runs iperf3 tests against a server in the background, one at a time, and returns
/// each result as a map.
///
/// ```java
/// var client = new IperfClient("192.0.2.1", 5201);
/// client.run(result -> show(Results.verdict(result, 50e6)));
/// ```
///
/// The map is the document of `iperf3 -c HOST -p PORT -t 10 --json`: `start`, `intervals`, `end`. A
/// failed test has one too, with the message in `error` and the results up to the failure in
/// `intervals`. If there is no document, because not the test but the engine failed, the map is
/// empty; it is never null, and the callback never receives an exception.
///
/// Thread-safe. Each client runs one test at a time; any number of clients may run concurrently. A
/// client holds no resources and need not be closed.
public final class IperfClient {
    private final ClientConfig config;
    private final RunOptions options;
    private final Executor callbacks;
    private final Function<ClientConfig, ClientBuilder> engine;
    private final AtomicReference<@Nullable JsonRun> current = new AtomicReference<>();

    /// Creates a client of the server at `host` for iperf3's default test: TCP, one stream, the
    /// client sends for 10 s.
    ///
    /// @param host a name or an address; looked up when a test runs
    /// @param port 1..65535
    /// @throws IllegalArgumentException if `host` is empty, or `port` out of range
    public IperfClient(String host, int port) {
        this(Iperf.client(host).port(port).config());
    }

    /// Creates the same client with an executor for its callbacks, which never run concurrently.
    ///
    /// @throws IllegalArgumentException if `host` is empty, or `port` out of range
    public IperfClient(String host, int port, Executor callbacks) {
        this(Iperf.client(host).port(port).config(), RunOptions.DEFAULT.withCallbacks(callbacks));
    }

    /// Creates a client for any test, with any options and credentials; see
    /// [ClientBuilder#config()].
    public IperfClient(ClientConfig config) {
        this(config, RunOptions.DEFAULT);
    }

    /// Creates a client for any test, with an executor for callbacks, a deadline and retries from
    /// `options`.
    public IperfClient(ClientConfig config, RunOptions options) {
        this(config, options, Iperf::client);
    }

    IperfClient(ClientConfig config, RunOptions options, Function<ClientConfig, ClientBuilder> engine) {
        this.config = Objects.requireNonNull(config, "config is null");
        this.options = options;
        this.engine = engine;
        callbacks = new SerialExecutor(options.callbacks());
    }

    /// Starts a test and returns at once; the handle provides the result.
    ///
    /// @throws IllegalStateException if a test of this client is running
    public JsonRun run() {
        return run(_ -> {});
    }

    /// Starts a test and returns at once.
    ///
    /// @param onComplete called once, with the result, when the client can run again
    /// @throws IllegalStateException if a test of this client is running
    public JsonRun run(Consumer<Map<String, Object>> onComplete) {
        return run(_ -> {}, onComplete);
    }

    /// Starts a test and returns at once.
    ///
    /// @param onInterval called with each report interval as it ends, before `onComplete`; if more
    ///     than 1024 are queued for it, the newest are dropped
    /// @param onComplete called once, with the result, when the client can run again
    /// @throws IllegalStateException if a test of this client is running
    public JsonRun run(Consumer<Interval> onInterval, Consumer<Map<String, Object>> onComplete) {
        var run = new JsonRun(() -> engine.apply(config), options, new Callbacks(onInterval, onComplete, callbacks));
        JsonRun before = current.get();
        if ((before != null && !before.isDone()) || !current.compareAndSet(before, run)) {
            throw new IllegalStateException(
                    "this client's test is still running: wait for its result, or use another IperfClient");
        }
        run.start();
        return run;
    }
}
