/// Measurements of a session beyond iperf's totals, of which findings are made.
@NullMarked
package dev.pitot.engine.evidence;

import org.jspecify.annotations.NullMarked;
