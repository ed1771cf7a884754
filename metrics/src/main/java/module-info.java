/// Exports test metrics to files, to an HTTP endpoint for Prometheus, and to a Pushgateway. Only
/// listens to events; independent of the engine.
module dev.pitot.metrics {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires com.fasterxml.jackson.core;
    requires io.prometheus.metrics.config;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    requires java.net.http;
    requires jdk.httpserver;

    exports dev.pitot.metrics;
    exports dev.pitot.metrics.file;
    exports dev.pitot.metrics.http;
    exports dev.pitot.metrics.names;
    exports dev.pitot.metrics.prometheus;
    exports dev.pitot.metrics.push;
}
