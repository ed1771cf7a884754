/// Quantities with a unit, and iperf's number syntax. Rates are decimal (K = 1000), sizes
/// binary (K = 1024).
@NullMarked
package dev.pitot.model.unit;

import org.jspecify.annotations.NullMarked;
