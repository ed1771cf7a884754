/// Records with the metric names of other programs, for their existing dashboards.
@NullMarked
package dev.pitot.metrics.names;

import org.jspecify.annotations.NullMarked;
