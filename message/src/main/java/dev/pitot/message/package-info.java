/// Clients and servers of messages over UDP, and the messages.
@NullMarked
package dev.pitot.message;

import org.jspecify.annotations.NullMarked;
