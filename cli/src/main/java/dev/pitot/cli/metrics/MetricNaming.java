package dev.pitot.cli.metrics;

import dev.pitot.command.MetricsOptions;
import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.MetricPrefix;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.names.Iperf3RsText;
import dev.pitot.metrics.prometheus.LiveMetrics;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Metric names and labels of files and pushes for Prometheus.
final class MetricNaming {
    private MetricNaming() {}

    /// @param labels of every series; with Pitot's names `live` has them already
    /// @param window time that each text covers; null for every report interval
    /// @throws IllegalArgumentException with a message for users, if prefix or labels are invalid
    static SnapshotFormat format(
            MetricsOptions.Names names, LabelSet labels, @Nullable Duration window, LiveMetrics live) {
        return switch (names.style()) {
            case PITOT -> live.format().withWindow(window);
            case IPERF3_RS -> new Iperf3RsText(prefix(names), labels).format().withWindow(window);
        };
    }

    static MetricPrefix prefix(MetricsOptions.Names names) {
        String prefix = names.prefix();
        return prefix == null ? MetricPrefix.IPERF3 : new MetricPrefix(prefix);
    }

    static LabelSet labels(List<MetricsOptions.Label> labels) {
        LabelSet set = LabelSet.NONE;
        for (MetricsOptions.Label label : labels) {
            set = set.with(label.name(), label.value());
        }
        return set;
    }
}
