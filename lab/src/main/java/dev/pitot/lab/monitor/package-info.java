/// Monitors: what is read on nodes while tests run (battery, processors, signal, counters, logs), and its
/// files.
@NullMarked
package dev.pitot.lab.monitor;

import org.jspecify.annotations.NullMarked;
