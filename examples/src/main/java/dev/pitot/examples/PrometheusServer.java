package dev.pitot.examples;

import dev.pitot.engine.Iperf;
import dev.pitot.engine.IperfException;
import dev.pitot.engine.Server;
import dev.pitot.metrics.http.MetricsEndpoint;
import dev.pitot.metrics.prometheus.LiveMetrics;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Runs a server in a program, with a metrics page for Prometheus: `PrometheusServer [PORT
/// [METRICS_PORT]]`. Runs until it is killed.
public final class PrometheusServer {
    private PrometheusServer() {}

    /// Runs the program.
    public static void main(String[] args) throws IOException, IperfException, InterruptedException {
        run(List.of(args), System.out);
    }

    static void run(List<String> args, PrintStream out) throws IOException, IperfException, InterruptedException {
        int port = args.isEmpty() ? 5201 : Integer.parseInt(args.getFirst());
        int metricsPort = args.size() < 2 ? 9520 : Integer.parseInt(args.get(1));
        // The page has no password, so it listens on the loopback address only.
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), metricsPort);
        var metrics = new LiveMetrics();
        try (MetricsEndpoint endpoint = MetricsEndpoint.start(address, metrics);
                Server server =
                        Iperf.server().port(port).listener(metrics.forServer()).start()) {
            out.printf(
                    "serving tests at port %d, metrics at http://127.0.0.1:%d/metrics%n",
                    server.port(), endpoint.port());
            server.await();
        }
    }
}
