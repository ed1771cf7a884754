/// UDP code shared by both families: datagrams that are received but not yet assigned to a
/// connection. Not exported.
@NullMarked
package dev.pitot.socket.datagram;

import org.jspecify.annotations.NullMarked;
