/// Metrics over HTTP: a page with all metrics, and probes, which run a test per request. One
/// virtual thread per exchange; all resources available to unauthenticated clients are bounded.
@NullMarked
package dev.pitot.metrics.http;

import org.jspecify.annotations.NullMarked;
