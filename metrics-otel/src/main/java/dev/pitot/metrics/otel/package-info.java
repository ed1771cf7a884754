/// Events of tests as instruments of OpenTelemetry. Called by the listeners' threads.
@NullMarked
package dev.pitot.metrics.otel;

import org.jspecify.annotations.NullMarked;
