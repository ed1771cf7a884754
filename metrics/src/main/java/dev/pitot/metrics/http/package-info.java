/// Metrics by HTTP: a page of everything, and probes that run a test when asked. One virtual
/// thread per exchange; everything a stranger can take is bounded.
@NullMarked
package dev.pitot.metrics.http;

import org.jspecify.annotations.NullMarked;
