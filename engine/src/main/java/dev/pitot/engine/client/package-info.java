/// The client's side of a test: one class per protocol state, without side effects; the session around
/// them owns the sockets.
@NullMarked
package dev.pitot.engine.client;

import org.jspecify.annotations.NullMarked;
