package dev.pitot.metrics.prometheus;

import dev.pitot.metrics.LabelSet;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;

/// Registry for metrics, with the labels that are added to every series.
record LabelledRegistry(PrometheusRegistry registry, Labels labels) {
    /// Returns a new registry.
    ///
    /// @param fixed labels of every series
    static LabelledRegistry with(LabelSet fixed) {
        Labels labels = Labels.EMPTY;
        for (LabelSet.Label label : fixed.labels()) {
            labels = labels.add(label.name(), label.value());
        }
        return new LabelledRegistry(new PrometheusRegistry(), labels);
    }
}
