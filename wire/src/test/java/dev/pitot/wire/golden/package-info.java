/// Recorded sessions of iperf3, as test material.
@NullMarked
package dev.pitot.wire.golden;

import org.jspecify.annotations.NullMarked;
