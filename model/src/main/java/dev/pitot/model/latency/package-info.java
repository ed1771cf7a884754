/// Arithmetic of one-way delays without synchronized clocks.
@NullMarked
package dev.pitot.model.latency;

import org.jspecify.annotations.NullMarked;
