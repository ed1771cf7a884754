package dev.pitot.metrics.prometheus;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.model.sample.Sample;
import io.prometheus.metrics.core.metrics.Gauge;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Results of the last completed test of each label set, kept until the next one. Thread-safe.
final class LastTests {
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Gauge success;
    private final Gauge throughput;
    private final Gauge seconds;
    private final Gauge lostRatio;

    LastTests(LabelledRegistry registry) {
        success = gauge(
                registry,
                "pitot_test_last_success_timestamp_seconds",
                "Unix time at which the last test completed.",
                "role");
        throughput = gauge(
                registry,
                "pitot_last_test_throughput_bytes_per_second",
                "Average rate of the last completed test, as received if the receiver reported it.",
                "role",
                "direction",
                "protocol");
        seconds = gauge(
                registry,
                "pitot_last_test_duration_seconds",
                "Data transfer time of the last completed test, without warm-up.",
                "role",
                "protocol");
        lostRatio = gauge(
                registry,
                "pitot_last_test_lost_ratio",
                "Lost datagrams of the last completed UDP test as a fraction of all, 0..1.",
                "role",
                "direction",
                "protocol");
    }

    private static Gauge gauge(LabelledRegistry registry, String name, String help, String... labels) {
        return Gauge.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .constLabels(registry.labels())
                .withoutExemplars()
                .register(registry.registry());
    }

    synchronized void completed(TestRole role, Instant time) {
        success.labelValues(LabelValues.of(role)).set(time.toEpochMilli() / MILLIS_PER_SECOND);
    }

    synchronized void show(TestRole role, Protocol protocol, Summary summary) {
        seconds.labelValues(LabelValues.of(role), LabelValues.of(protocol)).set(FinalMetrics.seconds(summary));
        for (Summary.OfDirection direction : summary.directions()) {
            String[] labels = LabelValues.of(new Sample.Context(role, direction.role(), protocol));
            Total delivered = FinalMetrics.delivered(direction);
            show(throughput, delivered == null ? null : FinalMetrics.bytesPerSecond(delivered), labels);
            show(lostRatio, FinalMetrics.lostRatio(direction), labels);
        }
    }

    private static void show(Gauge gauge, @Nullable Double value, String... labels) {
        if (value == null) {
            gauge.remove(labels);
        } else {
            gauge.labelValues(labels).set(value);
        }
    }
}
