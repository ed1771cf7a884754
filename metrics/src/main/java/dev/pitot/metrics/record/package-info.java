/// Conversion of events to records and of records to text, shared by all sinks. Not exported. Each
/// object is owned by one listener.
@NullMarked
package dev.pitot.metrics.record;

import org.jspecify.annotations.NullMarked;
