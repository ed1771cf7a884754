/// iperf 3.21's text output for a test. [dev.pitot.output.text.TextReporter] takes the events of
/// one test and prints lines; each kind of line has its class. No line depends on the machine's
/// locale.
@NullMarked
package dev.pitot.output.text;

import org.jspecify.annotations.NullMarked;
