/// The output of iperf3, iperf 2 and Pitot, line by line, as one kind of events.
///
/// An [OutputReader] takes lines and reports events: [AutoDetectReader] finds out which program wrote
/// them in which form. A [SeriesCollector] makes [IntervalSeries] of the rows. [ParseTool] does all of
/// it for files and pipes.
///
/// Everything here is used by one thread at a time, reads no clock, opens nothing but the files
/// it is given, and takes any text whatever: what no reader knows is passed over, and what is
/// kept is limited.
@NullMarked
package dev.pitot.lab.parse;

import org.jspecify.annotations.NullMarked;
