/// Portable socket family: java.nio channels in non-blocking mode, waiting in slices with
/// selectors. Works wherever Java does; features that java.nio does not expose are unknown here,
/// and refused by name.
@NullMarked
package dev.pitot.socket.portable;

import org.jspecify.annotations.NullMarked;
