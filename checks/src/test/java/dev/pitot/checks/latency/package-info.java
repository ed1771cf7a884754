/// Latency figures against queues of known length.
@NullMarked
package dev.pitot.checks.latency;

import org.jspecify.annotations.NullMarked;
