/// UDP over links that lose, double, swap and delay datagrams and count what they did, against
/// what the ends report.
@NullMarked
package dev.pitot.checks.loss;

import org.jspecify.annotations.NullMarked;
