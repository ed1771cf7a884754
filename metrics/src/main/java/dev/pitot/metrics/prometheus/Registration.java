package dev.pitot.metrics.prometheus;

import dev.pitot.metrics.LabelSet;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;

/// Where metrics register, and what all of them are labelled with besides.
record Registration(PrometheusRegistry registry, Labels labels) {
    /// A registry of its own.
    ///
    /// @param fixed on every series
    static Registration with(LabelSet fixed) {
        Labels labels = Labels.EMPTY;
        for (LabelSet.Label label : fixed.labels()) {
            labels = labels.add(label.name(), label.value());
        }
        return new Registration(new PrometheusRegistry(), labels);
    }
}
