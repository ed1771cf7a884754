/// The portable family: java.nio channels in non-blocking mode, whose waiting is done by
/// selectors in slices. Works wherever Java does; what java.nio does not pass on cannot be known
/// here, and is refused by name.
@NullMarked
package dev.pitot.socket.portable;

import org.jspecify.annotations.NullMarked;
