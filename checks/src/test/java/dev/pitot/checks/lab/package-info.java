/// Sessions of the lab as users run them: the real program over real ssh, with real iperf3 and real
/// iperf 2 on nodes in network namespaces.
@NullMarked
package dev.pitot.checks.lab;

import org.jspecify.annotations.NullMarked;
