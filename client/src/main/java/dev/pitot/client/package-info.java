/// A client for programs that want iperf3's JSON document as a map, and a call when it is there.
/// Each run has a virtual thread of its own; callbacks come on the client's executor, one after
/// the other. Beside it, iperf3's arguments as a client or a server of the engine.
@NullMarked
package dev.pitot.client;

import org.jspecify.annotations.NullMarked;
