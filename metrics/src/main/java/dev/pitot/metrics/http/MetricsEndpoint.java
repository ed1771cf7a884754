package dev.pitot.metrics.http;

import com.sun.net.httpserver.HttpServer;
import dev.pitot.metrics.prometheus.LiveMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// HTTP server for metrics: `/metrics` for Prometheus, `/probe` which runs a test and returns its
/// results, `/-/healthy`, `/-/ready` (503 until the measured servers are listening, see
/// [LiveMetrics#isReady()]), and an index at `/`. It has no encryption and no authentication: bind
/// it to an address that only trusted clients can reach, or use a reverse proxy.
///
/// A client that is slow to send its request or to read the response is disconnected, see [EndpointLimits].
/// The JDK's server has further limits, in system properties that a program may set before it
/// starts the first endpoint: `sun.net.httpserver.idleInterval` (an idle connection, also one that
/// has sent nothing yet, is closed after 30 s), `sun.net.httpserver.maxIdleConnections` (200),
/// `jdk.httpserver.maxConnections` (unlimited).
///
/// Its threads are daemons. Thread-safe.
public final class MetricsEndpoint implements AutoCloseable {
    private static final int SYSTEM_BACKLOG = 0;

    private final HttpServer server;
    private final ExchangeExecutor exchangeExecutor;
    private final @Nullable ProbeRunner probes;

    private MetricsEndpoint(HttpServer server, ExchangeExecutor exchangeExecutor, @Nullable ProbeRunner probes) {
        this.server = server;
        this.exchangeExecutor = exchangeExecutor;
        this.probes = probes;
    }

    /// Starts an endpoint without probes.
    ///
    /// @param address where; port 0 asks the system for a free one
    /// @throws IOException if the address cannot be bound
    public static MetricsEndpoint start(InetSocketAddress address, LiveMetrics metrics) throws IOException {
        return start(address, metrics, null, EndpointLimits.DEFAULT);
    }

    /// Starts an endpoint.
    ///
    /// @param address where; port 0 asks the system for a free one
    /// @param probeOptions options of `/probe`; null to disable probes
    /// @throws IOException if the address cannot be bound
    /// @throws IllegalArgumentException if more than half of the exchanges may be probes, which
    ///     would leave too few for scrapes
    public static MetricsEndpoint start(
            InetSocketAddress address, LiveMetrics metrics, @Nullable ProbeOptions probeOptions, EndpointLimits limits)
            throws IOException {
        if (probeOptions != null && probeOptions.atOnce() > limits.exchanges() / 2) {
            throw new IllegalArgumentException("concurrent probes exceed half of the " + limits.exchanges()
                    + " exchanges: " + probeOptions.atOnce());
        }
        HttpServer server = HttpServer.create(address, SYSTEM_BACKLOG);
        var exchangeExecutor = new ExchangeExecutor(limits);
        ProbeRunner probes = probeOptions == null ? null : new ProbeRunner(probeOptions, exchangeExecutor::allowAnswer);
        server.setExecutor(exchangeExecutor);
        server.createContext("/", new EndpointHandler(metrics, probes, limits, exchangeExecutor));
        startQuietly(server);
        return new MetricsEndpoint(server, exchangeExecutor, probes);
    }

    /// Starts the server on a daemon thread: the server's thread inherits that, and must not keep
    /// the process alive.
    private static void startQuietly(HttpServer server) {
        CompletableFuture.runAsync(
                        server::start,
                        task -> Thread.ofPlatform()
                                .daemon()
                                .name("pitot-metrics-start")
                                .start(task))
                .join();
    }

    /// Port that it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    /// Closes all connections and cancels running probes. Does not wait for their probers.
    @Override
    public void close() {
        if (probes != null) {
            probes.close();
        }
        exchangeExecutor.close();
        server.stop(0);
    }
}
