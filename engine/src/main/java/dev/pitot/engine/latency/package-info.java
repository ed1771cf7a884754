/// Round-trip times of a session: of its connections before the load, and of its sending streams while they
/// send, and of probes beside them. Belongs to the session's thread; each probe has one of its own.
@NullMarked
package dev.pitot.engine.latency;

import org.jspecify.annotations.NullMarked;
