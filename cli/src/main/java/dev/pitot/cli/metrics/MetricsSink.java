package dev.pitot.cli.metrics;

import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// One target of live metrics.
sealed interface MetricsSink {
    /// A listener for a client's test against a server.
    TestListener ofTest(Endpoint server);

    /// A listener for a server and its tests.
    ServerListener ofServer();

    /// A file with one line per event or interval.
    record Lines(LineFileSink file, MetricsErrors metricsErrors) implements MetricsSink {
        @Override
        public TestListener ofTest(Endpoint server) {
            return metricsErrors.guarded(file.forTest(server));
        }

        @Override
        public ServerListener ofServer() {
            return new OfServer(_ -> {}, _ -> metricsErrors.guarded(file.forTest(null)));
        }
    }

    /// A target that receives the newest state as text: a file or a Pushgateway.
    ///
    /// @param ofTests creates a listener for a client's test
    record Snapshots(Supplier<TestListener> ofTests, ServerListener ofServer, MetricsErrors metricsErrors)
            implements MetricsSink {
        @Override
        public TestListener ofTest(Endpoint server) {
            return metricsErrors.guarded(ofTests.get());
        }

        @Override
        public ServerListener ofServer() {
            return new OfServer(ofServer::onServerEvent, number -> metricsErrors.guarded(ofServer.onTest(number)));
        }
    }

    /// A page that Prometheus scrapes.
    record Page(LiveMetrics live) implements MetricsSink {
        @Override
        public TestListener ofTest(Endpoint server) {
            return live.forTest();
        }

        @Override
        public ServerListener ofServer() {
            return live.forServer();
        }
    }

    /// A server's listener made of a consumer of events and a factory of test listeners.
    record OfServer(Consumer<ServerEvent> events, IntFunction<TestListener> tests) implements ServerListener {
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
