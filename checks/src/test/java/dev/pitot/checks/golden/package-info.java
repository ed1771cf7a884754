/// Recordings of the real iperf3, 3.12 and 3.21, played again with Pitot at both ends, and what
/// comes of it compared. The recordings are the goldens of the testkit; what differs and is meant
/// to stands in the resource `differences.txt`, each with a reason.
@NullMarked
package dev.pitot.checks.golden;

import org.jspecify.annotations.NullMarked;
