/// Client that delivers iperf3's JSON document as a map through a callback or a future. Each run
/// has its own virtual thread; callbacks run on the client's executor, one at a time.
/// [dev.pitot.client.IperfArguments] creates clients and servers from iperf3's arguments.
@NullMarked
package dev.pitot.client;

import org.jspecify.annotations.NullMarked;
