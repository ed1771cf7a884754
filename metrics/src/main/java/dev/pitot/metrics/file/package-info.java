/// Files that grow, or are replaced, while tests run: JSON lines, CSV, Prometheus text and
/// InfluxDB's line protocol. Each file is opened once and then gives each test a listener of its
/// own; listeners of tests that run together may write at the same time. A file that cannot be
/// written any more throws from its listeners, keeps what is whole in it, and stays silent.
@NullMarked
package dev.pitot.metrics.file;

import org.jspecify.annotations.NullMarked;
