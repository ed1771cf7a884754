/// Live data of a test for readers that poll instead of being called back. Events, samples or windows
/// wait in a bounded queue; the measurement never waits.
@NullMarked
package dev.pitot.engine.feed;

import org.jspecify.annotations.NullMarked;
