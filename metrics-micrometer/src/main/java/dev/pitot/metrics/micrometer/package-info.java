/// Events of tests as meters of Micrometer. Called by the listeners' threads.
@NullMarked
package dev.pitot.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
