/// One end of one connection, whatever protocol it speaks: no sockets, no threads, no clock.
@NullMarked
package dev.pitot.message.link;

import org.jspecify.annotations.NullMarked;
