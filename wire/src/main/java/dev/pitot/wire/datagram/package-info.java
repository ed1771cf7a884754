/// UDP test datagrams apart from their payload: the header of each datagram, and the two connect
/// messages of a stream. Everything here is stateless and thread-safe.
@NullMarked
package dev.pitot.wire.datagram;

import org.jspecify.annotations.NullMarked;
