/// Pitot against the real iperf3, each as a program of its own: [dev.pitot.testkit.PitotProcess]
/// on one side, [dev.pitot.testkit.Iperf3] on the other, and assertions on exit codes and on
/// what both say. Test classes carry [dev.pitot.testkit.Needs] and a time limit of their
/// own, because real tests take their time.
@NullMarked
package dev.pitot.checks.interop;

import org.jspecify.annotations.NullMarked;
