/// Pitot against the real iperf3, each as a separate process: [dev.pitot.testkit.PitotProcess] on one
/// side, [dev.pitot.testkit.Iperf3] on the other, with assertions on exit codes and on the output of
/// both. Test classes carry [dev.pitot.testkit.Needs] and a timeout, because real tests take time.
@NullMarked
package dev.pitot.checks.interop;

import org.jspecify.annotations.NullMarked;
