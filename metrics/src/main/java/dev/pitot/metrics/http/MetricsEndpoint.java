package dev.pitot.metrics.http;

import com.sun.net.httpserver.HttpServer;
import dev.pitot.metrics.prometheus.LiveMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Serves metrics over HTTP until it is closed: `/metrics` for Prometheus, `/probe` which runs a
/// test and answers with what it measured, `/-/healthy`, and an index at `/`. Without encryption
/// and passwords: bind it to an address that only those can reach who should, or put a proxy
/// before it.
///
/// A client that is slow to send its request or to take the answer is cut, see [Limits]. What
/// the JDK's server bounds besides, by system properties that a program may set before the first
/// endpoint: `sun.net.httpserver.idleInterval` (an idle connection is closed after 30 s),
/// `sun.net.httpserver.maxIdleConnections` (200), `jdk.httpserver.maxConnections` (unlimited).
///
/// Any thread may call it.
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
    public static MetricsEndpoint start(
            InetSocketAddress address, LiveMetrics metrics, @Nullable Probing probing, Limits limits)
            throws IOException {
        HttpServer server = HttpServer.create(address, SYSTEM_BACKLOG);
        var exchanges = new Exchanges(limits.exchanges(), limits.patience());
        ProbeRunner probes = probing == null ? null : new ProbeRunner(probing);
        server.setExecutor(exchanges);
        server.createContext("/", new Site(metrics, probes, limits, exchanges));
        server.start();
        return new MetricsEndpoint(server, exchanges, probes);
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
