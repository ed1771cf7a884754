/// Metrics files that are appended to, or replaced, while tests run: JSON Lines, CSV, Prometheus
/// text and InfluxDB line protocol. Each file is opened once and provides a listener for each test;
/// listeners of concurrent tests may write at the same time. When a file can no longer be written,
/// its listeners throw, its complete lines are kept, and nothing more is written.
@NullMarked
package dev.pitot.metrics.file;

import org.jspecify.annotations.NullMarked;
