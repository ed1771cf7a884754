package dev.pitot.metrics;

import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Window;
import java.time.Instant;

/// Input of a sink: one direction of a test over an interval, or over a window of intervals.
public sealed interface MetricsRecord {
    /// Single report interval.
    record Interval(Sample sample) implements MetricsRecord {
        @Override
        public Instant time() {
            return sample.time();
        }

        @Override
        public Sample.Context context() {
            return sample.context();
        }
    }

    /// Window of several report intervals.
    record Windowed(Window window) implements MetricsRecord {
        @Override
        public Instant time() {
            return window.time();
        }

        @Override
        public Sample.Context context() {
            return window.context();
        }
    }

    /// Time at which the interval or window ended.
    Instant time();

    /// Role, direction and protocol.
    Sample.Context context();
}
