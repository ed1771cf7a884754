package dev.pitot.metrics.prometheus;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes a registry in the format that a client requests. Thread-safe.
final class Exposition {
    private final PrometheusRegistry registry;

    Exposition(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /// Returns the metrics in Prometheus text format, version 0.0.4.
    String text() {
        return written(PrometheusTextFormatWriter.create());
    }

    /// Returns OpenMetrics if the client accepts it, otherwise Prometheus text. (Prometheus'
    /// protobuf format, which its server may prefer, needs a library that is not included.)
    ///
    /// @param accept the `Accept` header; null if there is none
    Page page(@Nullable String accept) {
        ExpositionFormatWriter open = OpenMetricsTextFormatWriter.create();
        ExpositionFormatWriter writer = open.accepts(accept) ? open : PrometheusTextFormatWriter.create();
        return new Page(writer.getContentType(), written(writer));
    }

    private String written(ExpositionFormatWriter writer) {
        var body = new ByteArrayOutputStream();
        try {
            writer.write(body, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) { // not thrown: it writes to memory
            throw new UncheckedIOException(e);
        }
        return body.toString(StandardCharsets.UTF_8);
    }
}
