/// What UDP tests say besides payload: the header of each datagram, and the two datagrams that
/// open a stream. Everything here is stateless and may be used by any thread.
@NullMarked
package dev.pitot.wire.datagram;

import org.jspecify.annotations.NullMarked;
