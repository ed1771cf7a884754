/// Peers, programs and clocks for tests: [ScriptedPeer] follows a script, [Iperf3] and
/// [PitotProcess] are the real programs, [ManualClock] is moved by the test. `close` ends
/// everything that was started, and every wait has a timeout after which it fails with the output
/// so far.
@NullMarked
package dev.pitot.testkit;

import org.jspecify.annotations.NullMarked;
