/// UDP sockets of endpoints: the only place of the module that knows the system's sockets. No protocol, no thread,
/// no clock.
@NullMarked
package dev.pitot.message.socket;

import org.jspecify.annotations.NullMarked;
