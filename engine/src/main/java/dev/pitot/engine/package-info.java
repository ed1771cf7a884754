/// Entry point of the library: [Iperf] creates clients and servers; a [ClientRun] or a [Server] is the handle
/// of one that was started.
@NullMarked
package dev.pitot.engine;

import org.jspecify.annotations.NullMarked;
