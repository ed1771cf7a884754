/// Recordings of the real iperf3, 3.12 and 3.21, played again with Pitot at both ends, and what
/// comes of it compared. The recordings are resources, each as its command lines, exit codes and
/// outputs; what differs and is meant to stands in `golden/differences.txt`, each with a reason.
@NullMarked
package dev.pitot.checks.golden;

import org.jspecify.annotations.NullMarked;
