/// Records test events in OpenTelemetry instruments. Called by the listeners' threads.
@NullMarked
package dev.pitot.metrics.otel;

import org.jspecify.annotations.NullMarked;
