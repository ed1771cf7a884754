/// Figures as iperf 3.21 rounds and shows them, in text and JSON alike: times, shares and digits.
/// Pure arithmetic.
@NullMarked
package dev.pitot.output.figure;

import org.jspecify.annotations.NullMarked;
