/// Records test events in Micrometer meters. Called by the listeners' threads.
@NullMarked
package dev.pitot.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
