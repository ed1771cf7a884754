/// Peers and clocks for tests. A [ScriptedPeer] misbehaves as written, an [Iperf3] and a
/// [PitotProcess] are the real programs, a [ManualClock] moves when told. Whatever is started
/// here ends with its `close`, and whatever waits has a deadline after which it fails with what
/// it has seen so far.
@NullMarked
package dev.pitot.testkit;

import org.jspecify.annotations.NullMarked;
