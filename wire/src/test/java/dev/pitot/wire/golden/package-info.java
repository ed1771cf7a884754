/// Recorded iperf3 sessions for tests.
@NullMarked
package dev.pitot.wire.golden;

import org.jspecify.annotations.NullMarked;
