/// Live metrics for Prometheus. Events of any number of tests arrive on their listeners' threads,
/// pages are written on the scrapes' threads; all classes shared between them are thread-safe. The
/// Prometheus client library does not appear in public signatures.
@NullMarked
package dev.pitot.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
