/// Arithmetic that the metrics modules share: what a test adds to counters, by kind, and the closed set
/// of words for how tests end. Exported to them alone. Each object belongs to one listener.
@NullMarked
package dev.pitot.model.metric;

import org.jspecify.annotations.NullMarked;
