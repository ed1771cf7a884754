/// Delivers a test's events to each listener, on the listener's own thread, without ever waiting for it.
@NullMarked
package dev.pitot.engine.event;

import org.jspecify.annotations.NullMarked;
