/// iperf 3.21's JSON output for a test: one document ([dev.pitot.output.json.JsonReporter]) or one
/// line per event ([dev.pitot.output.json.JsonStreamReporter]). Keys, their order and the layout
/// are iperf's; unlike iperf's, every document is valid JSON without repeated keys. One key is not
/// iperf's: `duplicates`, after `out_of_order` in `end.streams[].udp`, present if there were any.
@NullMarked
package dev.pitot.output.json;

import org.jspecify.annotations.NullMarked;
