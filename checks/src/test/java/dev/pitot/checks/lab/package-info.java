/// Sessions of the lab as a user has them: the real program over real ssh, real iperf3 and real
/// iperf 2 on nodes in network namespaces of the tests' own.
@NullMarked
package dev.pitot.checks.lab;

import org.jspecify.annotations.NullMarked;
