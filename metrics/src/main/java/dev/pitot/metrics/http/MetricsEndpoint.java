package dev.pitot.metrics.http;

import com.sun.net.httpserver.HttpServer;
import dev.pitot.metrics.prometheus.LiveMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Serves metrics over HTTP until it is closed: `/metrics` for Prometheus, `/probe` which runs a
/// test and answers with what it measured, `/-/healthy`, `/-/ready` (503 until the servers that it shows
/// listen, see [LiveMetrics#isReady()]), and an index at `/`. Without encryption and passwords: bind it to an address
/// that only those can reach who should, or put a proxy
/// before it.
///
/// A client that is slow to send its request or to take the answer is cut, see [Limits]. What
/// the JDK's server bounds besides, by system properties that a program may set before the first
/// endpoint: `sun.net.httpserver.idleInterval` (an idle connection, also one that has sent
/// nothing yet, is closed after 30 s),
/// `sun.net.httpserver.maxIdleConnections` (200), `jdk.httpserver.maxConnections` (unlimited).
///
/// Its threads keep no process alive. Any thread may call it.
public final class MetricsEndpoint implements AutoCloseable {
    private static final int SYSTEM_BACKLOG = 0;

    private final HttpServer server;
    private final Exchanges exchanges;
    private final @Nullable ProbeRunner probes;

    private MetricsEndpoint(HttpServer server, Exchanges exchanges, @Nullable ProbeRunner probes) {
        this.server = server;
        this.exchanges = exchanges;
        this.probes = probes;
    }

    /// Begins to serve, without probes.
    ///
    /// @param address where; port 0 asks the system for a free one
    /// @throws IOException if the address cannot be bound
    public static MetricsEndpoint start(InetSocketAddress address, LiveMetrics metrics) throws IOException {
        return start(address, metrics, null, Limits.DEFAULT);
    }

    /// Begins to serve.
    ///
    /// @param address where; port 0 asks the system for a free one
    /// @param probing what `/probe` may do; null for no probes
    /// @throws IOException if the address cannot be bound
    /// @throws IllegalArgumentException if more probes may run at once than half of the
    /// exchanges,
    ///     which would leave no place for those who only read
    public static MetricsEndpoint start(
            InetSocketAddress address, LiveMetrics metrics, @Nullable Probing probing, Limits limits)
            throws IOException {
        if (probing != null && probing.atOnce() > limits.exchanges() / 2) {
            throw new IllegalArgumentException("probes at once are more than half of the " + limits.exchanges()
                    + " exchanges: " + probing.atOnce());
        }
        HttpServer server = HttpServer.create(address, SYSTEM_BACKLOG);
        var exchanges = new Exchanges(limits);
        ProbeRunner probes = probing == null ? null : new ProbeRunner(probing, exchanges::allowAnswer);
        server.setExecutor(exchanges);
        server.createContext("/", new Site(metrics, probes, limits, exchanges));
        startQuietly(server);
        return new MetricsEndpoint(server, exchanges, probes);
    }

    /// The server's thread takes after the one that starts it, and must not keep the process.
    private static void startQuietly(HttpServer server) {
        CompletableFuture.runAsync(
                        server::start,
                        task -> Thread.ofPlatform()
                                .daemon()
                                .name("pitot-metrics-start")
                                .start(task))
                .join();
    }

    /// Where it listens.
    public int port() {
        return server.getAddress().getPort();
    }

    /// Closes all connections and cancels the probes that run. Does not wait for their probers.
    @Override
    public void close() {
        if (probes != null) {
            probes.close();
        }
        exchanges.close();
        server.stop(0);
    }
}
