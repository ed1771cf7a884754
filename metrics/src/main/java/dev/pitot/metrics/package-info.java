/// Types shared by the packages of this module: records for sinks, formats for the current state as
/// text, metric names and labels.
@NullMarked
package dev.pitot.metrics;

import org.jspecify.annotations.NullMarked;
