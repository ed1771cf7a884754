/// Recordings of the real iperf3, 3.12 and 3.21, replayed with Pitot at both ends, and a comparison of
/// the results. The recordings are the goldens of the testkit; intended differences are in the resource
/// `differences.txt`, each with a reason.
@NullMarked
package dev.pitot.checks.golden;

import org.jspecify.annotations.NullMarked;
