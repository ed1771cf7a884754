/// Events to records, and records to text: what all sinks need and no program that uses them. Not
/// exported. Each object belongs to one listener.
@NullMarked
package dev.pitot.metrics.record;

import org.jspecify.annotations.NullMarked;
