/// Turns the streams' counters into intervals and totals. Belongs to the session's thread; time is passed
/// as an argument.
@NullMarked
package dev.pitot.engine.interval;

import org.jspecify.annotations.NullMarked;
