/// Number formatting and rounding of iperf 3.21, for text and JSON: times, percentages, digits.
/// Pure functions.
@NullMarked
package dev.pitot.output.format;

import org.jspecify.annotations.NullMarked;
