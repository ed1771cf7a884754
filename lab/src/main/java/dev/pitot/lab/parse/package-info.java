/// The output of iperf3, iperf 2 and Pitot, line by line, as one kind of events.
@NullMarked
package dev.pitot.lab.parse;

import org.jspecify.annotations.NullMarked;
