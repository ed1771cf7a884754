/// iperf3's error numbers and texts, as sent on the wire and printed.
@NullMarked
package dev.pitot.model.error;

import org.jspecify.annotations.NullMarked;
