/// Delivers a test's events to its listener, on a thread of the listener's own, without ever
/// waiting for it.
@NullMarked
package dev.pitot.engine.event;

import org.jspecify.annotations.NullMarked;
