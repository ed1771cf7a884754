/// What both families need for UDP: datagrams that are received already and wait for whom they
/// concern. Not exported.
@NullMarked
package dev.pitot.socket.datagram;

import org.jspecify.annotations.NullMarked;
