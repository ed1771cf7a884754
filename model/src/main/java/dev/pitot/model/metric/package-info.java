/// Arithmetic shared by the metrics modules: counter increments of a test, by kind, and the closed
/// set of label values for outcomes. Exported only to them. Each object belongs to one listener.
@NullMarked
package dev.pitot.model.metric;

import org.jspecify.annotations.NullMarked;
