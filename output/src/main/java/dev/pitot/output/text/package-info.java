/// A test as the lines that iperf 3.21 prints. [dev.pitot.output.text.TextReporter] takes the
/// events of one test and hands out lines; each kind of line has its class. No line depends on
/// the locale of the machine.
@NullMarked
package dev.pitot.output.text;

import org.jspecify.annotations.NullMarked;
